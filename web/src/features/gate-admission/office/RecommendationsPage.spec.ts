import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import RecommendationsPage from './RecommendationsPage.vue'

test('that nothing was said yet reads otherwise than that nothing waits', async () => {
  answers({ 'GET /api/v1/recommendations': { items: [] } })
  const page = await showPage(RecommendationsPage)
  expect(page.text()).toContain('没有等待推荐的报名')
  await page.get('input[value="said"]').setValue(true)
  await settle()
  expect(page.text()).toContain('还没有推荐过任何报名')
  expect(page.text()).not.toContain('没有等待推荐的报名')
})
