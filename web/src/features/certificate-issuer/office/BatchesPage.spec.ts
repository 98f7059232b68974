import { expect, test } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import BatchesPage from './BatchesPage.vue'

test('a search without a hit says so, and not that there are no batches', async () => {
  const made = answers({ 'GET /api/v1/certificate-batches': { items: [] } })
  const page = await showPage(BatchesPage)
  expect(page.text()).toContain('还没有批次')
  await page.get('input[type="search"]').setValue('王晓兰')
  await page.get('form[role="search"]').trigger('submit')
  await settle()
  expect(made[made.length - 1]?.path).toContain('find=')
  expect(page.text()).toContain('没有符合条件的批次')
  expect(page.text()).not.toContain('还没有批次')
  expect(page.text()).not.toContain('负责人可以在这里生成批次')
})

test('that the trainings for a batch did not come is said, with a way to ask again', async () => {
  let trainings: unknown = reply(500, { code: 'internal', title: '出了点问题' })
  answers({
    'GET /api/v1/certificate-batches': { items: [] },
    'GET /api/v1/trainings': () => trainings,
  })
  const grant = { id: 'grt_1', scope_kind: 'org_unit' as const, scope_id: 'org_1', scope_name: '贵州省' }
  const lead = {
    ...wang,
    places: ['office' as const],
    grants: [{ ...grant, role: 'training_lead' as const }],
  }
  const page = await showPage(BatchesPage, { me: lead })
  expect(page.get('[role=alert]').text()).toContain('出了点问题')
  trainings = { items: [{ id: 'trn_1', title: '复式教学入门', title_en: '' }] }
  await page.get('[role=alert] button').trigger('click')
  await settle()
  expect(page.find('[role=alert]').exists()).toBe(false)
  expect(page.text()).toContain('复式教学入门')
})
