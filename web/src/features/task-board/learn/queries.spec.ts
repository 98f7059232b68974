import { expect, test } from 'vitest'
import { createQueryClient, keepOnDevice, restoreKept } from '@/shared/query/client'
import { deviceDb } from '@/shared/outbox/db'
import { answers } from '@/shared/testing/page'
import { weekQueries } from './queries'
import { taskOf, weekOf } from './testWeek'

const ofState = (state: 'done' | 'claimed') => weekOf([taskOf('tsk_1', { state })])

test('the present week is one, whichever of its addresses brought it, also at the next visit', async () => {
  const user = 'per_weeks'
  const client = createQueryClient()
  keepOnDevice(client, () => user)
  answers({ 'GET /api/v1/classes/cls_1/weeks/3': ofState('claimed') })
  await client.fetchQuery(weekQueries.week('cls_1', '3'))
  answers({ 'GET /api/v1/classes/cls_1/this-week': ofState('done') })
  await client.fetchQuery(weekQueries.week('cls_1', undefined))
  await expect
    .poll(async () => (await (await deviceDb()).getAllFromIndex('kept', 'user', user)).length)
    .toBe(2)

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
