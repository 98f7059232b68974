import { beforeEach, expect, test } from 'vitest'
import { deviceDb } from '@/shared/outbox/db'
import { answers, keepDraft, reply, showPage } from '@/shared/testing/page'
import GradePage from './GradePage.vue'

const work = {
  work_kind: 'assignment',
  work_id: 'sub_1',
  class_id: 'cls_1',
  task_id: 'tsk_1',
  learner: { id: 'per_1', name: '王秀兰' },
  week: 2,
  title: '复式教案',
  title_en: '',
  brief_html: '',
  body: '一年级动',
  file: null,
  hand_in: 2,
  submitted_at: '2026-11-03T01:00:00Z',
  graded: false,
  returned: false,
  rubric: { id: 'rub_1', work_kind: 'assignment', title: '作业评分', title_en: '', most: 2500, criteria: [] },
  draft: null,
  overtaken: [],
  reviews: [],
}
const lists = {
  'GET /api/v1/classes/cls_1/grading-queue': { items: [] },
  'GET /api/v1/submissions/sub_1/hand-ins': { items: [] },
}
const page = () =>
  showPage(GradePage, { props: { classId: 'cls_1', workId: 'sub_1' }, at: '/teach/grading/cls_1/sub_1' })

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('who is taken off the class while writing a review keeps what they wrote in sight', async () => {
  answers({ ...lists, 'GET /api/v1/submissions/sub_1': work })
  const open = await page()
  await open.get('textarea').setValue('教学过程写得很细')
  open.unmount()

  answers({ 'GET /api/v1/submissions/sub_1': reply(404, { code: 'not_found', title: '没有找到' }) })
  const refused = await page()
  await expect.poll(() => refused.text()).toContain('教学过程写得很细')
  expect(refused.text()).toContain('没有找到')
  const named = (name: string) => refused.findAll('button').some((button) => button.text() === name)
  expect(named('复制') && named('删除')).toBe(true)
})

test.each([
  ['running', true],
  ['closed', false],
])('in a %s training the form is there: %s', async (training_state, isThere) => {
  const items = [{ class_id: 'cls_1', name: '一班', my_role: 'assistant', training_state }]
  await keepDraft('review:sub_1', {
    value: { comment: '还没有评完', levels: {} },
    version: 0,
    base: { comment: '', levels: {} },
    tried: [],
  })
  answers({
    ...lists,
    'GET /api/v1/my/classes': { items },
    'GET /api/v1/classes/cls_1/grading-queue': { items: [{ work_id: 'sub_2' }] },
    'GET /api/v1/submissions/sub_1': work,
  })
  const open = await page()
  expect(open.text()).toContain('一年级动')
  expect(open.find('form, textarea').exists()).toBe(isThere)
  expect(open.text().includes('培训已经结束，成绩不再变动')).toBe(!isThere)
  if (!isThere) await expect.poll(() => open.text()).toContain('还没有评完')
})
