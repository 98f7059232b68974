import { expect, test } from 'vitest'
import { answers } from '@/shared/testing/page'
import { readAgain } from '@/shared/testing/kept'
import { libraryQueries } from './queries'

test('the list of extension resources is there at the next visit, offline', async () => {
  answers({ 'GET /api/v1/trainings/trn_1/resources': { items: [{ id: 'res_1', title: '复式教学十问' }] } })
  const resources = libraryQueries.resources('trn_1')
  const next = await readAgain((client) => client.fetchInfiniteQuery(resources))
  expect(next.getQueryData(resources.queryKey)?.pages[0]?.items[0]?.title).toBe('复式教学十问')
})
