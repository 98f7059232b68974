import { expect, test } from 'vitest'
import { answers } from '@/shared/testing/page'
import { readAgain } from '@/shared/testing/kept'
import { handInsOf } from './handIns'

const page = {
  items: [{ number: 1, body: '交上去的作业', reviews: [], handed_in_at: '2026-11-20T00:00:00Z' }],
}

test('what I handed in is there at the next visit, offline; what others handed in stays on no device', async () => {
  answers({
    'GET /api/v1/submissions/sub_1/hand-ins': page,
    'GET /api/v1/submissions/sub_2/hand-ins': page,
  })
  const next = await readAgain(async (client) => {
    await client.fetchInfiniteQuery(handInsOf('sub_2'))
    await client.fetchInfiniteQuery(handInsOf('sub_1', true))
  })
  const bodyOf = (id: string) => next.getQueryData(handInsOf(id).queryKey)?.pages[0]?.items[0]?.body
  expect([bodyOf('sub_1'), bodyOf('sub_2')]).toEqual(['交上去的作业', undefined])
})
