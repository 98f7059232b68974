import { expect, test } from 'vitest'
import { answers } from '@/shared/testing/page'
import { readAgain } from '@/shared/testing/kept'
import { wordingsOf } from './wordings'

test('the wordings of a task that were read are there at the next visit, offline', async () => {
  answers({ 'GET /api/v1/tasks/tsk_1/wordings': { items: [{ wording: 1, title: '读：三本账' }] } })
  const next = await readAgain((client) => client.fetchQuery(wordingsOf('tsk_1')))
  expect(next.getQueryData(wordingsOf('tsk_1').queryKey)?.items[0]?.title).toBe('读：三本账')
})
