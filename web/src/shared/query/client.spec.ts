import { onlineManager, QueryClient, QueryObserver } from '@tanstack/vue-query'
import { expect, test, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { hearTime } from '@/shared/lib/serverClock'
import { deviceDb, keep } from '@/shared/outbox/db'
import { settle } from '@/shared/testing/turns'
import { createQueryClient, keepOnDevice, restoreKept } from './client'

const person = 'per_query'

test('a kept answer is there at the next visit, with its true age; others and other people’s are not', async () => {
  const first = createQueryClient()
  keepOnDevice(first, () => person)
  await first.fetchQuery({ queryKey: ['week', 3], queryFn: () => ({ tasks: 6 }), meta: { keep: true } })
  await first.fetchQuery({ queryKey: ['other'], queryFn: () => 1 })
  await expect.poll(async () => (await deviceDb()).count('kept')).toBe(1)

  const second = new QueryClient()
  await restoreKept(second, person)
  expect(second.getQueryData(['week', 3])).toEqual({ tasks: 6 })
  expect(second.getQueryState(['week', 3])?.dataUpdatedAt).toBe(
    first.getQueryState(['week', 3])?.dataUpdatedAt,
  )
  expect(second.getQueryData(['other'])).toBeUndefined()

  const stranger = new QueryClient()
  await restoreKept(stranger, 'per_other')
  expect(stranger.getQueryData(['week', 3])).toBeUndefined()
})

test('what changed since is shown at the next visit, but asked for again, even when its page was never opened', async () => {
  const first = createQueryClient()
  const forget = keepOnDevice(first, () => 'per_old')
  await first.fetchQuery({ queryKey: ['week', 4], queryFn: () => ({ done: 0 }), meta: { keep: true } })
  await expect.poll(() => keptOf('per_old')).toMatchObject([{ isOld: false }])
  forget()

  const onTaskPage = createQueryClient()
  await restoreKept(onTaskPage, 'per_old')
  expect(onTaskPage.getQueryState(['week', 4])?.isInvalidated).toBe(false)
  keepOnDevice(onTaskPage, () => 'per_old')
  await onTaskPage.invalidateQueries({ queryKey: ['week'] })
  await expect.poll(() => keptOf('per_old')).toMatchObject([{ isOld: true }])

  const next = createQueryClient()
  await restoreKept(next, 'per_old')
  expect(next.getQueryData(['week', 4])).toEqual({ done: 0 })
  expect(next.getQueryState(['week', 4])?.isInvalidated).toBe(true)
})

const keptOf = async (user: string) => (await deviceDb()).getAllFromIndex('kept', 'user', user)

const NOVEMBER = Date.parse('2026-11-01T00:00:00Z')
const day = (count: number) => new Date(NOVEMBER + count * 86_400_000)

test('what is a month old by the server’s clock goes, whoever read it and whatever the device’s says', async () => {
  const row = (user: string) => ({
    key: `${user}/x`,
    user,
    queryKey: ['x'],
    data: 1,
    at: NOVEMBER,
    told: NOVEMBER,
  })
  for (const user of ['per_month', 'per_away']) await keep('kept', row(user))
  vi.useFakeTimers({ now: day(61), toFake: ['Date'] })
  hearTime(day(1).toUTCString())
  const client = createQueryClient()
  keepOnDevice(client, () => 'per_month')
  await restoreKept(client, 'per_month')
  expect(client.getQueryData(['x'])).toBe(1)
  await settle()
  expect(await keptOf('per_month')).toHaveLength(1)

  vi.setSystemTime(day(2))
  hearTime(day(40).toUTCString())
  // Nobody needs to be signed in.
  keepOnDevice(createQueryClient(), () => undefined)
  await expect.poll(() => keptOf('per_month')).toEqual([])
  await expect.poll(() => keptOf('per_away')).toEqual([])
  vi.useRealTimers()
})

test('an answer that is only marked as old is not told anew: its month goes on', async () => {
  const user = 'per_told'
  const told = NOVEMBER
  await keep('kept', { key: `${user}/["z"]`, user, queryKey: ['z'], data: 1, at: told, told })
  hearTime(day(20).toUTCString())
  const client = createQueryClient()
  await restoreKept(client, user)
  const forget = keepOnDevice(client, () => user)
  await client.invalidateQueries({ queryKey: ['z'] })
  await expect.poll(() => keptOf(user)).toMatchObject([{ isOld: true }])
  expect(await keptOf(user)).toMatchObject([{ at: told, told }])

  const fresh = { queryKey: ['z'], queryFn: () => 2, meta: { keep: true }, staleTime: 0 }
  await client.fetchQuery(fresh)
  await expect.poll(() => keptOf(user)).toMatchObject([{ data: 2, isOld: false }])
  const [now] = await keptOf(user)
  expect((now?.told ?? 0) - told).toBeGreaterThan(19 * 86_400_000)
  forget()
})

/** What a page that opens now does with what is there: shows it, and asks or not. */
async function opened(client: QueryClient, queryKey: unknown[]) {
  const queryFn = vi.fn(() => 'asked')
  const close = new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined)
  await settle()
  close()
  return queryFn.mock.calls.length
}

test('what the device kept is asked for at the next visit however young it is; within a visit it is not', async () => {
  const first = createQueryClient()
  const forget = keepOnDevice(first, () => 'per_young')
  await first.fetchQuery({ queryKey: ['young'], queryFn: () => 1, meta: { keep: true } })
  await expect.poll(() => keptOf('per_young')).toHaveLength(1)
  forget()
  expect(await opened(first, ['young'])).toBe(0)

  const second = createQueryClient()
  await restoreKept(second, 'per_young')
  expect(second.getQueryData(['young'])).toBe(1)
  expect(await opened(second, ['young'])).toBe(1)
  expect(await opened(second, ['young'])).toBe(0)
})

test('an answer that came while the device’s clock was ahead is old', async () => {
  const client = createQueryClient()
  client.setQueryData(['ahead'], 1, { updatedAt: Date.now() + 2 * 86_400_000 })
  expect(await opened(client, ['ahead'])).toBe(1)
  expect(await opened(client, ['ahead'])).toBe(0)
})

test('a page that begins without a network asks again when there is one', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  const client = createQueryClient()
  client.mount()
  const queryFn = vi.fn(() => Promise.reject(Problem.network()))
  const close = new QueryObserver(client, { queryKey: ['late'], queryFn, retry: false }).subscribe(
    () => undefined,
  )
  await expect.poll(() => client.getQueryState(['late'])?.status).toBe('error')
  vi.restoreAllMocks()
  expect(onlineManager.isOnline()).toBe(false)
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => queryFn).toHaveBeenCalledTimes(2)
  close()
  client.unmount()
})

test('what memory let go after half an hour comes back from the device, with no network and without a reload', async () => {
  const client = createQueryClient()
  const forget = keepOnDevice(client, () => 'per_gone')
  const week = { queryKey: ['week', 5], queryFn: () => Promise.resolve({ tasks: 6 }), meta: { keep: true } }
  await client.fetchQuery(week)
  await expect.poll(() => keptOf('per_gone')).toHaveLength(1)
  const at = client.getQueryState(week.queryKey)?.dataUpdatedAt
  client.removeQueries({ queryKey: week.queryKey })
  expect(client.getQueryData(week.queryKey)).toBeUndefined()

  const lost = { ...week, queryFn: () => Promise.reject(Problem.network()), retry: false }
  await client.fetchQuery(lost).catch(() => undefined)
  await expect.poll(() => client.getQueryData(week.queryKey)).toEqual({ tasks: 6 })
  // The page shows it with its age, and why it is not newer.
  expect(client.getQueryState(week.queryKey)).toMatchObject({
    dataUpdatedAt: at,
    status: 'error',
    error: { code: 'client.network' },
  })

  client.removeQueries({ queryKey: week.queryKey })
  await client.fetchQuery({ ...week, queryFn: () => Promise.resolve({ tasks: 7 }) })
  await settle()
  expect(client.getQueryData(week.queryKey)).toEqual({ tasks: 7 })
  forget()
})

test.each([401, 403, 404, 410])(
  'what the server refuses with %i is shown no more, here or at the next visit',
  async (status) => {
    const user = `per_refused_${status}`
    const client = createQueryClient()
    const forget = keepOnDevice(client, () => user)
    const queryKey = ['class', status]
    const of = (queryFn: () => unknown) => ({
      queryKey,
      queryFn,
      meta: { keep: true },
      retry: false,
      staleTime: 0,
    })
    await client.fetchQuery(of(() => ({ name: '一班' })))
    await expect.poll(() => keptOf(user)).toHaveLength(1)
    const refuse = () => Promise.reject(new Problem({ status, code: 'refused' }))
    await client.fetchQuery(of(refuse)).catch(() => undefined)
    expect(client.getQueryData(queryKey)).toBeUndefined()
    expect(client.getQueryState(queryKey)).toMatchObject({ status: 'error', error: { code: 'refused' } })
    await expect.poll(() => keptOf(user)).toEqual([])
    forget()
  },
)

test.each([0, 500, 503])('what the server could not answer (%i) stays', async (status) => {
  const user = `per_lost_${status}`
  const client = createQueryClient()
  const forget = keepOnDevice(client, () => user)
  const queryKey = ['class', status]
  const of = (queryFn: () => unknown) => ({
    queryKey,
    queryFn,
    meta: { keep: true },
    retry: false,
    staleTime: 0,
  })
  await client.fetchQuery(of(() => ({ name: '一班' })))
  await expect.poll(() => keptOf(user)).toHaveLength(1)
  const lose = () =>
    Promise.reject(status === 0 ? Problem.network() : new Problem({ status, code: 'server' }))
  await client.fetchQuery(of(lose)).catch(() => undefined)
  expect(client.getQueryData(queryKey)).toEqual({ name: '一班' })
  expect(await keptOf(user)).toHaveLength(1)
  forget()
})
