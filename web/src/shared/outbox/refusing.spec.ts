import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reactive } from 'vue'
import { tokens } from '@/shared/session/token'
import { answers, wang } from '@/shared/testing/page'

/** Each story begins on a device that has just been switched on. */
async function device() {
  vi.resetModules()
  const db = await import('./db')
  const outbox = await import('./outbox')
  const gathered = await import('./gathered')
  const { writing } = await import('./writing')
  const start = (task_id: string) => ({
    ...writing('POST', '/api/v1/tasks/{task_id}/start', { task_id }),
    thread: 'a',
    label: '开始',
  })
  const { rewrite } = await import('./mending')
  return { ...outbox, ...db, ...gathered, rewrite, start }
}

const person = wang.person.id

beforeEach(() => {
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const open = indexedDB.open.bind(indexedDB)
const opened = (name: string, version: number) =>
  new Promise<IDBDatabase>((resolve) => {
    const request = open(name, version)
    request.onsuccess = () => resolve(request.result)
  })

test.each([
  [
    'throws',
    () => {
      throw new DOMException('private', 'SecurityError')
    },
  ],
  // A newer release was here.
  ['fails', () => open('lingxue-newer', 1)],
] as const)('a database that %s leaves everything working in memory, and says so', async (_, refuse) => {
  ;(await opened('lingxue-newer', 2)).close()
  vi.spyOn(indexedDB, 'open').mockImplementation(refuse as unknown as typeof indexedDB.open)
  const { put, list, gather, handOver, flush, isForgetful, start, keep, find, drop, unsent } = await device()
  await put(person, start('tsk_1'))
  expect(isForgetful.value).toBe(true)
  await put(person, start('tsk_2'))
  await gather(person, 'watch:1', { at: 1 }, start('tsk_3'))
  await gather(person, 'watch:1', { at: 2 }, start('tsk_3'))
  expect(await Promise.all([handOver(person), handOver(person)])).toEqual([true, false])
  const urls = (await list(person)).map((item) => item.url.split('/')[4])
  expect(urls).toEqual(['tsk_1', 'tsk_2', 'tsk_3'])
  const draft = { window: 'w', n: 1, seen: {}, at: 1 }
  await keep('drafts', { ...draft, key: `${person}/x`, user: person, value: '写了一半' })
  expect(await find('drafts', `${person}/x`)).toMatchObject({ value: '写了一半' })
  expect(await unsent(person)).toBe(4)
  await drop('drafts', `${person}/x`)

  const made = answers({
    'POST /api/v1/tasks/tsk_1/start': {},
    'POST /api/v1/tasks/tsk_2/start': {},
    'POST /api/v1/tasks/tsk_3/start': {},
  })
  expect((await flush(person)).delivered).toHaveLength(3)
  expect(made.map((request) => request.path.split('/')[4])).toEqual(['tsk_1', 'tsk_2', 'tsk_3'])
  expect(await list(person)).toHaveLength(0)
})

test('a database that another tab blocks is not waited for longer than a moment', async () => {
  const other = await opened('lingxue-blocked', 1)
  vi.spyOn(indexedDB, 'open').mockImplementation(() => open('lingxue-blocked', 2))
  const { put, list, isForgetful, start } = await device()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const putting = put(person, start('tsk_1'))
  await vi.advanceTimersByTimeAsync(3000)
  await putting
  expect(isForgetful.value).toBe(true)
  // Nobody waits a second time.
  await put(person, start('tsk_2'))
  expect(await list(person)).toHaveLength(2)
  other.close()
})

test('what a page holds reactively is kept as it is: nothing makes way for it, and no alarm is raised', async () => {
  const { keep, find, all, isForgetful } = await device()
  const row = (user: string) => ({ key: `${user}/clone`, user, queryKey: ['clone'], data: 1, at: 1 })
  await keep('kept', row('per_li'))
  const answers = reactive([{ item_id: 'itm_1', chosen: ['a'] }])
  // The device clones as a browser does: else this spec would show nothing.
  expect(() => structuredClone(answers)).toThrow()
  await keep('kept', { ...row(person), data: { answers } })
  expect(await find('kept', `${person}/clone`)).toMatchObject({ data: { answers: [{ chosen: ['a'] }] } })
  expect(await all('kept', 'per_li')).toHaveLength(1)
  expect(isForgetful.value).toBe(false)
})

test('a fault that is not about room takes nothing away', async () => {
  const { keep, put, start, deviceDb } = await device()
  await keep('kept', { key: `${person}/week`, user: person, queryKey: ['week'], data: 1, at: 1 })
  const db = await deviceDb()
  const before = await db.count('kept')
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('broken', 'UnknownError')
  })
  await put(person, start('tsk_1'))
  expect(await db.count('kept')).toBe(before)
})

test('a full device drops what can be asked for again before it refuses what exists nowhere else', async () => {
  const { put, list, keep, all, isForgetful, start, deviceDb } = await device()
  const db = await deviceDb()
  await db.clear('kept')
  for (const at of [2, 1, 3])
    await keep('kept', { key: `${person}/week${at}`, user: person, queryKey: ['week', at], data: 1, at })
  let refusals = 1
  const write = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')
    ?.value as IDBObjectStore['put']
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<IDBObjectStore['put']>
  ) {
    if (refusals-- > 0) throw new DOMException('full', 'QuotaExceededError')
    return write.apply(this, args)
  })
  await put(person, start('tsk_1'))
  expect(isForgetful.value).toBe(false)
  // The oldest alone: with it gone there was room.
  expect((await all('kept', person)).map(({ at }) => at)).toEqual([2, 3])
  expect(await list(person)).toHaveLength(1)

  refusals = Infinity
  // Nothing that could be asked for again is left to make way.
  await put(person, start('tsk_2'))
  expect(isForgetful.value).toBe(true)
  expect((await list(person)).map((item) => item.url.split('/')[4])).toEqual(['tsk_1', 'tsk_2'])
  expect(await all('outbox', 'per_li')).toHaveLength(0)
})

/** From now on there is no room; the returned one makes some. */
function fill() {
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  return () => full.mockRestore()
}

test('what memory holds over a row of the device hides it, keeps its place, and goes together with it', async () => {
  const { put, list, rewrite, drop, start, deviceDb, isForgetful, unsent } = await device()
  const db = await deviceDb()
  await db.clear('outbox')
  await db.clear('drafts')
  const first = await put(person, start('tsk_1'))
  const second = await put(person, start('tsk_2'))
  const makeRoom = fill()
  await rewrite(first.seq as number, { corrected: true })
  expect(isForgetful.value).toBe(true)
  const now = await list(person)
  expect(now.map(({ seq, body }) => [seq, body])).toEqual([
    [first.seq, { corrected: true }],
    [second.seq, {}],
  ])
  expect(await unsent(person)).toBe(2)
  makeRoom()
  await drop('outbox', first.seq as number)
  expect(await list(person)).toMatchObject([{ seq: second.seq }])
  expect(isForgetful.value).toBe(false)
})

test('what was kept over a full device in memory is on the device again once it has room', async () => {
  const { put, list, rewrite, start, deviceDb, isForgetful } = await device()
  const db = await deviceDb()
  await db.clear('outbox')
  const item = await put(person, start('tsk_1'))
  const makeRoom = fill()
  await rewrite(item.seq as number, { text: '一' })
  makeRoom()
  await rewrite(item.seq as number, { text: '二' })
  expect(await db.getAll('outbox')).toMatchObject([{ seq: item.seq, body: { text: '二' } }])
  expect(await list(person)).toHaveLength(1)
  expect(isForgetful.value).toBe(false)
})

test('a device that answered late once is called forgetful only as long as something is in memory alone', async () => {
  const late = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not yet', 'UnknownError')
  })
  const { put, list, drop, start, isForgetful } = await device()
  const item = await put(person, start('tsk_1'))
  const next = await put(person, start('tsk_2'))
  late.mockRestore()
  expect(isForgetful.value).toBe(true)
  await drop('outbox', item.seq as number)
  expect(isForgetful.value).toBe(true)
  await drop('outbox', next.seq as number)
  expect(isForgetful.value).toBe(false)
  expect((await list(person)).filter(({ seq }) => seq === item.seq)).toEqual([])
})
