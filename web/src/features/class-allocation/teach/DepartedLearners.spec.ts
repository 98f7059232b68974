import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import DepartedLearners from './DepartedLearners.vue'

const somebody = {
  person_id: 'per_1',
  name: '王小明',
  org_unit_name: '云炉教学点',
  class_id: 'cls_1',
  class_name: '一班',
  by_themselves: true,
  ended_by_name: '王小明',
  reason: '家庭原因',
  left_at: '2026-11-20T02:00:00Z',
}

test('who left this class is shown with the reason, and nobody of another class', async () => {
  answers({
    'GET /api/v1/trainings/trn_1/departed-learners': {
      items: [
        somebody,
        { ...somebody, person_id: 'per_2', name: '陈小红', by_themselves: false, ended_by_name: '李项目' },
        { ...somebody, person_id: 'per_3', name: '周小亮', class_id: 'cls_2' },
      ],
    },
  })
  const props = { classId: 'cls_1', trainingId: 'trn_1', timeZone: 'Asia/Shanghai' }
  const card = await showPage(DepartedLearners, { props })
  await settle()
  expect(card.text()).toContain('已退出的学员（2 人）')
  expect(card.text()).toMatch(/王小明.*退出.*家庭原因/)
  expect(card.text()).toMatch(/陈小红.*李项目.*终止/)
  expect(card.text()).not.toContain('周小亮')
})
