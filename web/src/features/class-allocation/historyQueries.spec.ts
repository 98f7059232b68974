import { expect, test } from 'vitest'
import { answers } from '@/shared/testing/page'
import { readAgain } from '@/shared/testing/kept'
import { historyQueries } from './historyQueries'

test('the texts of a charter that were read are there at the next visit, offline', async () => {
  answers({ 'GET /api/v1/classes/cls_1/charter/texts': { items: [{ number: 1 }] } })
  const texts = historyQueries.charterTexts('cls_1', true)
  const next = await readAgain((client) => client.fetchInfiniteQuery(texts))
  expect(next.getQueryData(texts.queryKey)?.pages[0]?.items).toHaveLength(1)
})
