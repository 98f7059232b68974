import { expect, test } from 'vitest'
import { answers, showPage } from '@/shared/testing/page'
import StandingsPage from './StandingsPage.vue'

const part = (kind: string, score: number | null, missed: boolean) => ({
  kind,
  weight: 50,
  minimum: 60,
  score,
  missed,
  evidence: [],
})
const served = (items: unknown[]) => ({
  'GET /api/v1/classes/cls_1': { id: 'cls_1', name: '一班', training_id: 'trn_1' },
  'GET /api/v1/classes/cls_1/standings': { items },
})

test('each learner stands in a line with the components, and what misses its minimum says so', async () => {
  answers(
    served([
      {
        learner: { id: 'per_1', name: '何秀兰' },
        total: 7325,
        grade: 'pass',
        missed: ['tests'],
        components: [part('tasks', 9650, false), part('tests', 5000, true)],
      },
    ]),
  )
  const page = await showPage(StandingsPage, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('一班 学员成绩')
  expect(page.text()).toContain('任务完成')
  expect(page.text()).toContain('73.25')
  expect(page.text()).toMatch(/50\s*低于最低要求/)
})

test('a class without learners says so', async () => {
  answers(served([]))
  const page = await showPage(StandingsPage, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('班里还没有学员')
})
