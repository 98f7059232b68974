import { QueryClient } from '@tanstack/vue-query'
import { expect, test, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { deviceDb } from '@/shared/outbox/db'
import { createQueryClient, keepOnDevice, restoreKept } from './client'

const person = 'per_query'

test('a kept answer is there at the next visit, with its true age; others and other people’s are not', async () => {
  const first = createQueryClient()
  keepOnDevice(first, () => person)
  await first.fetchQuery({ queryKey: ['week', 3], queryFn: () => ({ tasks: 6 }), meta: { keep: true } })
  await first.fetchQuery({ queryKey: ['other'], queryFn: () => 1 })
  await vi.waitFor(async () => expect(await (await deviceDb()).count('kept')).toBe(1))

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
  await vi.waitFor(async () => expect(await keptOf('per_old')).toMatchObject([{ isOld: false }]))
  forget()

  const onTaskPage = createQueryClient()
  await restoreKept(onTaskPage, 'per_old')
  expect(onTaskPage.getQueryState(['week', 4])?.isInvalidated).toBe(false)
  keepOnDevice(onTaskPage, () => 'per_old')
  await onTaskPage.invalidateQueries({ queryKey: ['week'] })
  await vi.waitFor(async () => expect(await keptOf('per_old')).toMatchObject([{ isOld: true }]))

  const next = createQueryClient()
  await restoreKept(next, 'per_old')
  expect(next.getQueryData(['week', 4])).toEqual({ done: 0 })
  expect(next.getQueryState(['week', 4])?.isInvalidated).toBe(true)
})

const keptOf = async (user: string) => (await deviceDb()).getAllFromIndex('kept', 'user', user)

test('what is a month old is not shown any more', async () => {
  const client = new QueryClient()
  await restoreKept(client, person, Date.now() + 40 * 24 * 3600_000)
  expect(client.getQueryData(['week', 3])).toBeUndefined()
  expect(await keptOf(person)).toEqual([])
})

test('what memory let go after half an hour comes back from the device, with no network and without a reload', async () => {
  const client = createQueryClient()
  const forget = keepOnDevice(client, () => 'per_gone')
  const week = { queryKey: ['week', 5], queryFn: () => Promise.resolve({ tasks: 6 }), meta: { keep: true } }
  await client.fetchQuery(week)
  await vi.waitFor(async () => expect(await keptOf('per_gone')).toHaveLength(1))
  const at = client.getQueryState(week.queryKey)?.dataUpdatedAt
  client.removeQueries({ queryKey: week.queryKey })
  expect(client.getQueryData(week.queryKey)).toBeUndefined()

  const lost = { ...week, queryFn: () => Promise.reject(Problem.network()), retry: false }
  await client.fetchQuery(lost).catch(() => undefined)
  await vi.waitFor(() => expect(client.getQueryData(week.queryKey)).toEqual({ tasks: 6 }))
  // The page shows it with its age, and why it is not newer.
  expect(client.getQueryState(week.queryKey)).toMatchObject({
    dataUpdatedAt: at,
    status: 'error',
    error: { code: 'client.network' },
  })

  client.removeQueries({ queryKey: week.queryKey })
  await client.fetchQuery({ ...week, queryFn: () => Promise.resolve({ tasks: 7 }) })
  await new Promise((resolve) => setTimeout(resolve))
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
    await vi.waitFor(async () => expect(await keptOf(user)).toHaveLength(1))
    const refuse = () => Promise.reject(new Problem({ status, code: 'refused' }))
    await client.fetchQuery(of(refuse)).catch(() => undefined)
    expect(client.getQueryData(queryKey)).toBeUndefined()
    expect(client.getQueryState(queryKey)).toMatchObject({ status: 'error', error: { code: 'refused' } })
    await vi.waitFor(async () => expect(await keptOf(user)).toEqual([]))
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
  await vi.waitFor(async () => expect(await keptOf(user)).toHaveLength(1))
  const lose = () =>
    Promise.reject(status === 0 ? Problem.network() : new Problem({ status, code: 'server' }))
  await client.fetchQuery(of(lose)).catch(() => undefined)
  expect(client.getQueryData(queryKey)).toEqual({ name: '一班' })
  expect(await keptOf(user)).toHaveLength(1)
  forget()
})
