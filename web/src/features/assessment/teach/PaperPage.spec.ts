import { expect, test } from 'vitest'
import { keep, unsent } from '@/shared/outbox/db'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import { blankPaper, toEdit } from './paperForm'
import PaperPage from './PaperPage.vue'

const PAPER = 'GET /api/v1/trainings/trn_1/test-papers/pap_1'
const content = blankPaper('第一卷')
const paper = (state: 'draft' | 'published', version: number) => ({ id: 'pap_1', state, version, content })

async function typed(title: string) {
  const value = { ...toEdit(content), title }
  const kept = { version: 1, value, base: toEdit(content), tried: [] }
  await keep('drafts', { key: `${wang.person.id}/paper:pap_1`, user: wang.person.id, value: kept, at: 1 })
}

test('what was typed of a paper that somebody else has published stays to be read, and is not counted as unsent', async () => {
  await typed('我改到一半的标题')
  answers({ [PAPER]: paper('published', 2) })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await expect.poll(() => page.text()).toContain('我改到一半的标题')
  // Only what differs from what stands there.
  expect(page.get('.written').text()).not.toContain('15')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('words that are those of the published paper are left over from nothing', async () => {
  await typed(content.title)
  answers({ [PAPER]: paper('published', 2) })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  await settle()
  expect(page.find('.written').exists()).toBe(false)
})
