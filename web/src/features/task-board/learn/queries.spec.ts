import { expect, test } from 'vitest'
import { createQueryClient, keepOnDevice, restoreKept } from '@/shared/query/client'
import { deviceDb } from '@/shared/outbox/db'
import type { Schema } from '@/shared/api'
import { answers, settle } from '@/shared/testing/page'
import { weekQueries } from './queries'
import { taskOf, weekOf } from './testWeek'

type WeekView = Schema<'WeekView'>

const ofState = (state: 'done' | 'claimed') => weekOf([taskOf('tsk_1', { state })])

test('the present week is one, whichever of its addresses brought it, also at the next visit', async () => {
  const user = 'per_weeks'
  const client = createQueryClient()
  keepOnDevice(client, () => user)
  answers({ 'GET /api/v1/classes/cls_1/weeks/3': ofState('claimed') })
  await client.fetchQuery(weekQueries.week('cls_1', '3'))
  answers({ 'GET /api/v1/classes/cls_1/this-week': ofState('done') })
  await client.fetchQuery({ ...weekQueries.week('cls_1', undefined), staleTime: 0 })
  const kept = async () => (await deviceDb()).getAllFromIndex('kept', 'user', user)
  await expect.poll(async () => (await kept()).map(({ data }) => (data as WeekView).done)).toEqual([1, 1])

  const offline = createQueryClient()
  await restoreKept(offline, user)
  for (const number of [undefined, '3'])
    expect(offline.getQueryData(weekQueries.week('cls_1', number).queryKey)?.done).toBe(1)

  answers({ 'GET /api/v1/classes/cls_1/weeks/3': ofState('claimed') })
  await offline.fetchQuery({ ...weekQueries.week('cls_1', '3'), staleTime: 0 })
  expect(offline.getQueryData(weekQueries.week('cls_1', undefined).queryKey)?.done).toBe(0)
})

test('another week stays another', async () => {
  const client = createQueryClient()
  answers({
    'GET /api/v1/classes/cls_1/this-week': ofState('done'),
    'GET /api/v1/classes/cls_1/weeks/2': { ...ofState('claimed'), week: 2 },
  })
  await client.fetchQuery(weekQueries.week('cls_1', undefined))
  await client.fetchQuery(weekQueries.week('cls_1', '2'))
  expect(client.getQueryData(weekQueries.week('cls_1', undefined).queryKey)?.week).toBe(3)
})

test('announcements that were read are there at the next visit, offline', async () => {
  const user = 'per_told'
  const client = createQueryClient()
  keepOnDevice(client, () => user)
  answers({ 'GET /api/v1/classes/cls_1/announcements': { items: [{ id: 'ann_1', title: '周五交' }] } })
  await client.fetchInfiniteQuery(weekQueries.announcements('cls_1'))
  await expect
    .poll(async () => (await (await deviceDb()).getAllFromIndex('kept', 'user', user)).length)
    .toBe(1)
  const offline = createQueryClient()
  await restoreKept(offline, user)
  const kept = offline.getQueryData(weekQueries.announcements('cls_1').queryKey)
  expect(kept?.pages[0]?.items[0]?.title).toBe('周五交')
})

test('the server says which week is the present one, whatever the device remembers', async () => {
  const client = createQueryClient()
  answers({
    'GET /api/v1/classes/cls_1/this-week': ofState('done'),
    'GET /api/v1/classes/cls_1/weeks/3': { ...ofState('claimed'), this_week: 4 },
    'GET /api/v1/classes/cls_1/weeks/4': { ...ofState('claimed'), week: 4, this_week: 4 },
  })
  const present = () => client.getQueryData(weekQueries.week('cls_1', undefined).queryKey)
  await client.fetchQuery(weekQueries.week('cls_1', undefined))
  await client.fetchQuery(weekQueries.week('cls_1', '3'))
  expect([present()?.week, present()?.done]).toEqual([3, 1])
  await client.fetchQuery(weekQueries.week('cls_1', '4'))
  expect(present()?.week).toBe(4)
})

test('an answer that was asked for again before it came changes nothing', async () => {
  const client = createQueryClient()
  let arrive: (week: unknown) => void = () => undefined
  const first = new Promise((resolve) => (arrive = resolve))
  let asked = 0
  answers({
    'GET /api/v1/classes/cls_1/weeks/3': () => (asked++ === 0 ? first : ofState('done')),
  })
  const week = { ...weekQueries.week('cls_1', '3'), staleTime: 0 }
  const late = client.fetchQuery(week).catch(() => undefined)
  await client.cancelQueries({ queryKey: week.queryKey })
  await client.fetchQuery(week)
  arrive(ofState('claimed'))
  await late
  await settle()
  for (const number of [undefined, '3'])
    expect(client.getQueryData(weekQueries.week('cls_1', number).queryKey)?.done).toBe(1)
})
