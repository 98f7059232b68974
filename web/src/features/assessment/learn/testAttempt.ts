// A test and its attempt as the server answers them, for the specs of its page.
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import TestPage from './TestPage.vue'

export const now = '2026-11-03T01:00:00Z'
export const items = [
  {
    id: 'itm_1',
    kind: 'single',
    stem: '同一节课教两个年级，叫什么？',
    options: [
      { key: 'a', text: '走班' },
      { key: 'b', text: '复式教学' },
    ],
    points: 10,
  },
  {
    id: 'itm_2',
    kind: 'multiple',
    stem: '哪些事可以教给孩子来做？',
    options: [
      { key: 'a', text: '领读' },
      { key: 'b', text: '讲新课' },
      { key: 'c', text: '发本子' },
    ],
    points: 10,
  },
]
export const attempt = {
  id: 'att_1',
  paper_id: 'pap_1',
  task_id: 'tsk_1',
  title: '入门八题',
  title_en: '',
  number: 1,
  attempts_allowed: 2,
  minutes: null,
  started_at: now,
  deadline: '2126-11-03T01:00:00Z',
  arrives_until: '2126-11-04T01:00:00Z',
  now,
  items,
  answers: [],
  late_answers: [],
  result: null,
}
export const intro = {
  task_id: 'tsk_1',
  paper_id: 'pap_1',
  title: '入门八题',
  title_en: '',
  week: 1,
  minutes: null,
  attempts_allowed: 2,
  items: 2,
  points: 20,
  attempts: [],
  closed: null,
}
export const graded = {
  ...attempt,
  answers: [{ item_id: 'itm_1', version: 1, chosen: ['b'] }],
  result: {
    submitted_at: now,
    score: 1000,
    most: 2000,
    items: [
      { item_id: 'itm_1', score: 1000, most: 1000, right: ['b'], explanation: '一位老师，两个年级。' },
      { item_id: 'itm_2', score: 0, most: 1000, right: ['a', 'c'], explanation: '' },
    ],
  },
}

export const open = (table: Record<string, unknown>) => {
  const made = answers({
    'GET /api/v1/tasks/tsk_1/test': intro,
    'POST /api/v1/test-papers/pap_1/attempts': reply(201, attempt),
    'GET /api/v1/attempts/att_1': attempt,
    ...table,
  })
  const page = showPage(TestPage, { props: { paperId: 'pap_1' }, at: '/?task=tsk_1' })
  return { made, page }
}
export const press = async (page: Awaited<ReturnType<typeof showPage>>, text: string) => {
  await page
    .findAll('button')
    .find((button) => button.text().includes(text))
    ?.trigger('click')
  await settle()
}
