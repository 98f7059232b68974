import { expect, test } from 'vitest'
import { answers, showPage } from '@/shared/testing/page'
import ProgressPage from './ProgressPage.vue'

test('the matrix says each state in a word, and who needs one', async () => {
  answers({
    'GET /api/v1/classes/cls_1/matrix': {
      week: 2,
      weeks: 8,
      time_zone: 'Asia/Shanghai',
      closes_at: '2026-11-15T16:00:00Z',
      tasks: [{ id: 'tsk_1', kind: 'watch', title: '一天', required: true }],
      learners: [
        {
          person_id: 'per_1',
          name: '王小明',
          is_signed: true,
          claimed_at: '2026-11-09T00:00:00Z',
          done: 1,
          cells: [{ state: 'done', is_late: true, done_at: '2026-11-16T00:00:00Z', credited_seconds: 90 }],
        },
        {
          person_id: 'per_2',
          name: '李老师',
          is_signed: false,
          claimed_at: null,
          done: 0,
          cells: [{ state: 'waiting', is_late: false, credited_seconds: 0 }],
        },
      ],
    },
    'GET /api/v1/classes/cls_1/falling-behind': {
      items: [{ person_id: 'per_2', name: '李老师', reasons: [{ kind: 'overdue', week: 2, left: 1 }] }],
    },
  })
  const page = await showPage(ProgressPage, { props: { classId: 'cls_1' } })
  const rows = page.findAll('tbody tr').map((row) => row.text())
  expect(rows[0]).toContain('补交')
  expect(rows[0]).toContain('已计 1.5 分钟')
  expect(rows[1]).toContain('未签契约')
  expect(page.text()).toContain('第 2 周还差 1 个必做任务')
})
