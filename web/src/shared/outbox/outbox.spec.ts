import { beforeEach, expect, test } from 'vitest'
import { tokens } from '@/shared/session/token'
import { answers, reply, wang as person } from '@/shared/testing/page'
import { deviceDb, forgetPerson } from './db'
import { gather, handOver } from './gathered'
import { drop, flush, list, put, retry, type Writing } from './outbox'

const wang = person.person.id
const writing = (thread: string, url: string, body: unknown = {}): Writing => ({
  thread,
  url,
  body,
  label: '反思',
})

beforeEach(async () => {
  await forgetPerson(wang)
  await forgetPerson('per_li')
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
  await drop(other.seq as number)
  expect(await list(wang)).toHaveLength(0)
})

test('a session that ended keeps the queue until somebody signs in', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  answers({ 'POST /api/v1/one': reply(401, {}), 'POST /api/v1/session/refresh': reply(401, {}) })
  await flush(wang)
  expect(await list(wang)).toMatchObject([{ state: 'waiting', tries: 0 }])
})

test('two tabs that flush at once send everything once', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  const made = answers({ 'POST /api/v1/one': {} })
  await Promise.all([flush(wang), flush(wang)])
  const keys = new Set(made.map((request) => request.headers.get('Idempotency-Key')))
  // Where a WebView has no locks the second sending carries the same key, and counts once at the server.
  expect(keys.size).toBe(1)
})

test('gathered records become one writing, in order, and are gone from where they were', async () => {
  for (const at of [1, 2, 3]) await gather(wang, 'watch:1', { at })
  await gather(wang, 'watch:2', { at: 9 })
  const moved = await handOver<{ at: number }>(wang, 'watch:1', (records) =>
    writing('w', '/api/v1/evidence', { records }),
  )
  expect(moved).toBe(true)
  expect(await list(wang)).toMatchObject([{ body: { records: [{ at: 1 }, { at: 2 }, { at: 3 }] } }])
  expect(await handOver(wang, 'watch:1', () => writing('w', '/x'))).toBe(false)
  expect(await (await deviceDb()).count('gathered')).toBe(1)
})

test('who signs out leaves nothing behind, and others keep theirs', async () => {
  await put(wang, writing('a', '/api/v1/one'))
  await put('per_li', writing('a', '/api/v1/one'))
  await gather(wang, 'watch:1', {})
  await forgetPerson(wang)
  expect(await list(wang)).toHaveLength(0)
  expect(await list('per_li')).toHaveLength(1)
  expect(await (await deviceDb()).count('gathered')).toBe(0)
})
