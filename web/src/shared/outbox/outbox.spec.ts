import { beforeEach, expect, test, vi } from 'vitest'
import { tokens } from '@/shared/session/token'
import { answers, reply, wang as person } from '@/shared/testing/page'
import { all, deviceDb, drop, forgetRead, keep, unsent } from './db'
import { gather, handOver } from './gathered'
import { replace, retry, rewrite } from './mending'
import { flush, list, put, type Writing } from './outbox'
import type { Call } from './writing'
import { writing as typed } from './writing'

const wang = person.person.id
const writing = (thread: string, url: string, body: unknown = {}): Writing => ({
  ...({ method: 'POST', url, body } as Call),
  thread,
  label: '反思',
})

async function clear(user: string) {
  for (const name of ['outbox', 'gathered'] as const)
    for (const { seq = 0 } of await all(name, user)) await drop(name, seq)
}

beforeEach(async () => {
  await clear(wang)
  await clear('per_li')
  tokens.take({
    access_token: 'token',
    expires_at: '2026-11-21T12:00:00Z',
    ...person,
  })
})

test('what was written offline goes out later, in order, each under the key it was given at first', async () => {
  const one = await put(wang, writing('a', '/api/v1/one'))
  const two = await put(wang, writing('a', '/api/v1/two'))
  const offline = answers({})
  await flush(wang)
  expect(offline).toHaveLength(1)
  expect(await list(wang)).toHaveLength(2)

  const online = answers({ 'POST /api/v1/one': {}, 'POST /api/v1/two': {} })
  const { delivered } = await flush(wang)
  expect(online.map((request) => request.path)).toEqual(['/api/v1/one', '/api/v1/two'])
  expect(online.map((request) => request.headers.get('Idempotency-Key'))).toEqual([one.id, two.id])
  expect(offline[0]?.headers.get('Idempotency-Key')).toBe(one.id)
  expect(delivered).toHaveLength(2)
  expect(await list(wang)).toHaveLength(0)
})

test('a busy server holds back the rest of that thread only, and is asked again after a growing pause', async () => {
  await put(wang, writing('a', '/api/v1/busy'))
  await put(wang, writing('a', '/api/v1/after'))
  await put(wang, writing('b', '/api/v1/other'))
  const made = answers({
    'POST /api/v1/busy': reply(503, {}),
    'POST /api/v1/after': {},
    'POST /api/v1/other': {},
  })
  let now = 1000
  const clock = () => now
  expect((await flush(wang, clock)).again).toBe(1000)
  expect(made.map((request) => request.path)).toEqual(['/api/v1/busy', '/api/v1/other'])
  // Too early: nothing is asked.
  now = 1500
  expect((await flush(wang, clock)).again).toBe(500)
  expect(made).toHaveLength(2)
  now = 2000
  expect((await flush(wang, clock)).again).toBe(2000)
  expect(made).toHaveLength(3)
})

test('a person who presses does not wait for a pause, and no pause is longer than five minutes', async () => {
  const busy = { 'POST /api/v1/busy': reply(503, {}) }
  await put(wang, writing('a', '/api/v1/busy'))
  const NOON = Date.parse('2026-11-27T12:00:00Z')
  const made = answers(busy)
  await flush(wang, () => NOON)
  await flush(wang, () => NOON + 500)
  expect(made).toHaveLength(1)
  await flush(wang, () => NOON + 500, true)
  expect(made).toHaveLength(2)
  // The pause began on a clock that was two days ahead, and is right now.
  await flush(wang, () => NOON - 2 * 86_400_000)
  expect(made).toHaveLength(3)
})

test('given up while it was under way, it does not come back when the server was busy', async () => {
  const item = await put(wang, writing('a', '/api/v1/one'))
  answers({
    'POST /api/v1/one': async () => {
      await drop('outbox', item.seq as number)
      return reply(503, {})
    },
  })
  await flush(wang)
  expect(await list(wang)).toHaveLength(0)
})

test('what takes the place of a waiting one has its turn, and a key of its own', async () => {
  const first = await put(wang, writing('a', '/api/v1/one', { text: '一' }))
  await put(wang, writing('a', '/api/v1/two'))
  await replace(wang, '/api/v1/one', (before) => writing('a', '/api/v1/one', { text: `${before?.label}二` }))
  const [now, ...rest] = await list(wang)
  expect(now).toMatchObject({ seq: first.seq, body: { text: '反思二' } })
  expect(now?.id).not.toBe(first.id)
  expect(rest).toHaveLength(1)
})

test('what the server refuses for good is kept and shown, and can be tried again or dropped', async () => {
  const item = await put(wang, writing('a', '/api/v1/long'))
  await put(wang, writing('a', '/api/v1/next'))
  answers({
    'POST /api/v1/long': reply(422, { code: 'post.too_long', title: '内容太长' }),
    'POST /api/v1/next': {},
  })
  await flush(wang)
  const [failed, ...rest] = await list(wang)
  expect(rest).toHaveLength(0)
  expect(failed).toMatchObject({
    id: item.id,
    state: 'failed',
    problem: { code: 'post.too_long', title: '内容太长' },
  })

  const again = answers({ 'POST /api/v1/long': {} })
  await retry(failed?.seq as number)
  await flush(wang)
  expect(again[0]?.headers.get('Idempotency-Key')).toBe(item.id)
  expect(await list(wang)).toHaveLength(0)

  const other = await put(wang, writing('a', '/api/v1/long'))
  await drop('outbox', other.seq as number)
  expect(await list(wang)).toHaveLength(0)
})

test('a session that ended keeps the queue until somebody signs in', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  answers({ 'POST /api/v1/one': reply(401, {}), 'POST /api/v1/session/refresh': reply(401, {}) })
  await flush(wang)
  expect(await list(wang)).toMatchObject([{ state: 'waiting', tries: 0 }])
})

/** As a browser gives it: one at a time under a name, first come first served. */
function stubLocks() {
  const taken = new Map<string, Promise<unknown>>()
  const locks = {
    request: (name: string, work: () => Promise<unknown>) => {
      const mine = (taken.get(name) ?? Promise.resolve()).then(work)
      taken.set(
        name,
        mine.catch(() => undefined),
      )
      return mine
    },
  }
  vi.stubGlobal('navigator', { locks, onLine: true })
}

/** Another tab on the same device: every part of the application anew, and its own session. */
async function otherTab() {
  vi.resetModules()
  const outbox = await import('./outbox')
  const { tokens: its } = await import('@/shared/session/token')
  its.take({ access_token: 'other', expires_at: '2026-11-21T12:00:00Z', ...person })
  return outbox
}

test('two tabs that flush at once send everything once, in order', async () => {
  stubLocks()
  const other = await otherTab()
  await put(wang, writing('a', '/api/v1/one'))
  await put(wang, writing('a', '/api/v1/two'))
  const made = answers({ 'POST /api/v1/one': {}, 'POST /api/v1/two': {} })
  const both = await Promise.all([flush(wang), other.flush(wang)])
  expect(made.map(({ path }) => path)).toEqual(['/api/v1/one', '/api/v1/two'])
  expect(both.map(({ delivered }) => delivered.length).sort()).toEqual([0, 2])
})

test('where a WebView has no locks, what two tabs send at once carries one key, and counts once at the server', async () => {
  vi.stubGlobal('navigator', { onLine: true })
  const other = await otherTab()
  const item = await put(wang, writing('a', '/api/v1/one'))
  const made = answers({ 'POST /api/v1/one': {} })
  await Promise.all([flush(wang), other.flush(wang)])
  expect(made.length).toBeGreaterThan(0)
  for (const { headers } of made) expect(headers.get('Idempotency-Key')).toBe(item.id)
  expect(await list(wang)).toEqual([])
})

test('gathered records become one writing, in order, and are gone from where they were', async () => {
  const into = (playback: string) => writing('w', `/api/v1/${playback}`, { playback })
  for (const at of [1, 2]) await gather(wang, 'watch:1', { at }, into('one'))
  await gather(wang, 'watch:2', { at: 9 }, into('two'))
  await gather(wang, 'watch:1', { at: 3 }, into('one'))
  await gather('per_li', 'watch:3', { at: 1 }, into('three'))
  expect(await unsent(wang)).toBe(2)
  expect(await handOver(wang)).toBe(true)
  expect(await list(wang)).toMatchObject([
    { url: '/api/v1/one', body: { playback: 'one', records: [{ at: 1 }, { at: 2 }, { at: 3 }] } },
    { url: '/api/v1/two', body: { playback: 'two', records: [{ at: 9 }] } },
  ])
  expect(await handOver(wang)).toBe(false)
  expect(await (await deviceDb()).count('gathered')).toBe(1)
})

test('what nobody could correct is dropped when the server refuses it for good, and handed back to be said', async () => {
  await put(wang, { ...writing('a', '/api/v1/evidence'), dropsRefused: true })
  answers({ 'POST /api/v1/evidence': reply(503, {}) })
  expect((await flush(wang, () => 0)).dropped).toHaveLength(0)
  expect(await list(wang)).toHaveLength(1)
  answers({
    'POST /api/v1/evidence': reply(404, { code: 'task_board.no_such_playback', title: '没有这次播放' }),
  })
  expect((await flush(wang)).dropped).toMatchObject([{ label: '反思', problem: { title: '没有这次播放' } }])
  expect(await list(wang)).toHaveLength(0)
})

test('who signs out takes along what was read; what is not sent waits for them, and others keep theirs', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  await gather(wang, 'watch:1', {}, writing('w', '/api/v1/evidence'))
  await keep('kept', { key: `${wang}/x`, user: wang, queryKey: ['x'], data: 1, at: 1 })
  await keep('kept', { key: 'per_li/x', user: 'per_li', queryKey: ['x'], data: 1, at: 1 })
  await forgetRead(wang)
  expect(await all('kept', wang)).toHaveLength(0)
  expect(await all('kept', 'per_li')).toHaveLength(1)
  expect(await unsent(wang)).toBe(2)
  expect(await unsent('per_li')).toBe(0)
})

test('nothing of mine goes out under the name of somebody who signed in meanwhile, in this tab or another', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  const li = { ...person, person: { ...person.person, id: 'per_li' } }
  tokens.take({ access_token: 'li', expires_at: '2026-11-21T12:00:00Z', ...li })
  const made = answers({ 'POST /api/v1/one': {} })
  await flush(wang)
  expect(made).toHaveLength(0)
  expect(await list(wang)).toMatchObject([{ state: 'waiting', tries: 0 }])

  tokens.take({ access_token: 'wang', expires_at: '2026-11-21T12:00:00Z', ...person })
  await flush(wang)
  expect(made.map((request) => request.headers.get('Authorization'))).toEqual(['Bearer wang'])
})

test('a session that turns out to be somebody else’s stops the queue before the second try', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  const li = { ...person, person: { ...person.person, id: 'per_li' } }
  const made = answers({
    'POST /api/v1/one': (request: Request) =>
      request.headers.get('Authorization') === 'Bearer token' ? reply(401, {}) : {},
    'POST /api/v1/session/refresh': { access_token: 'li', expires_at: '2026-11-21T12:00:00Z', ...li },
  })
  await flush(wang)
  expect(made.map((request) => request.path)).toEqual(['/api/v1/one', '/api/v1/session/refresh'])
  expect(await list(wang)).toHaveLength(1)
})

test('corrected words are another writing: another key, the rest as it was', async () => {
  const item = await put(wang, writing('a', '/api/v1/long', { title: '长', client_id: 'c1' }))
  answers({ 'POST /api/v1/long': reply(422, { code: 'post.too_long', title: '内容太长' }) })
  await flush(wang)
  await rewrite(item.seq as number, { title: '短', client_id: 'c1' })
  const made = answers({ 'POST /api/v1/long': {} })
  await flush(wang)
  expect(made[0]?.body).toEqual({ title: '短', client_id: 'c1' })
  expect(made[0]?.headers.get('Idempotency-Key')).not.toBe(item.id)
})

test('a writing is an operation of the contract, with its parameters in its address', () => {
  expect(typed('POST', '/api/v1/tasks/{task_id}/start', { task_id: 'tsk 1' })).toMatchObject({
    method: 'POST',
    url: '/api/v1/tasks/tsk%201/start',
  })
  // @ts-expect-error -- another operation's parameter
  typed('POST', '/api/v1/tasks/{task_id}/start', { topic_id: 'top_1' })
  // @ts-expect-error -- no such operation
  typed('POST', '/api/v1/tasks/{task_id}/stop', { task_id: 'tsk_1' })
  // @ts-expect-error -- a body is missing
  typed('POST', '/api/v1/topics/{topic_id}/posts', { topic_id: 'top_1' })
})
