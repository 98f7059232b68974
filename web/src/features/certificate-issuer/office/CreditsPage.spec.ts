import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import CreditsPage from './CreditsPage.vue'

const line = {
  id: 'cre_1',
  person_id: 'per_1',
  learner_name: '王晓兰',
  unit_name: '石桥教学点',
  training_id: 'trn_1',
  training_title: '复式教学入门',
  serial: '2026-K3M8Q-0002-X',
  kind: 'earned',
  credits: '6.5',
  entered_on: '2026-06-01',
}

test('a line that was corrected says so and leads to both certificates', async () => {
  const corrected = { ...line, entered_for: '2026-K3M8Q-0001-W', batch_id: 'bat_1' }
  answers({
    'GET /api/v1/credit-entries': {
      items: [corrected, { ...line, id: 'cre_2', serial: '2026-K3M8Q-0009-Y' }],
    },
  })
  const page = await showPage(CreditsPage)
  const rows = page.findAll('tbody tr')
  expect(rows[0]?.text()).toContain('已更正')
  expect(rows[0]?.text()).toContain('登记时为 2026-K3M8Q-0001-W')
  expect(rows[0]?.find('a[href="/certificate-issuer.batch/bat_1"]').text()).toBe('2026-K3M8Q-0002-X')
  // Of a training that is somebody else's business there is no page to lead to.
  expect(rows[1]?.text()).not.toContain('已更正')
  expect(rows[1]?.find('a').exists()).toBe(false)
})

test('a part of a name or number finds lines', async () => {
  const made = answers({ 'GET /api/v1/credit-entries': { items: [line] } })
  const page = await showPage(CreditsPage)
  await page.get('input[type="search"]').setValue(' K3M8Q ')
  await page.get('form[role="search"]').trigger('submit')
  await settle()
  expect(made.map(({ path }) => path).pop()).toContain('find=K3M8Q')
})

test('a search without a hit says nothing about the other lines', async () => {
  answers({ 'GET /api/v1/credit-entries': { items: [] } })
  const page = await showPage(CreditsPage, { language: 'en' })
  expect(page.text()).not.toContain('No credit entry matches')
  await page.get('input[type="search"]').setValue('nobody')
  await page.get('form[role="search"]').trigger('submit')
  await settle()
  expect(page.text()).toContain('No credit entry matches')
})
