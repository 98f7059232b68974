import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
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
