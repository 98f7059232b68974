import { expect, test } from 'vitest'
import { answers, showPage } from '@/shared/testing/page'
import AttemptPage from './AttemptPage.vue'

const at = '2026-11-03T09:20:00Z'
const item = (id: string, stem: string) => ({
  id,
  kind: 'single',
  stem,
  points: 10,
  options: [
    { key: 'a', text: '走班' },
    { key: 'b', text: '复式教学' },
  ],
})

test('an attempt behind a score is shown down to what arrived late and what did not count', async () => {
  answers({
    'GET /api/v1/attempts/att_1': {
      id: 'att_1',
      paper_id: 'pap_1',
      task_id: 'tsk_1',
      title: '入门八题',
      title_en: '',
      number: 2,
      attempts_allowed: 3,
      items: [item('itm_1', '一位老师两个年级？'), item('itm_2', '谁来领读？')],
      answers: [{ item_id: 'itm_1', version: 1, chosen: ['b'], arrived_at: at }],
      late_answers: [{ item_id: 'itm_2', why: 'too_late', chosen: ['a'], chosen_at: null, arrived_at: at }],
      result: {
        submitted_at: '2026-11-03T01:00:00Z',
        score: 1000,
        most: 2000,
        items: [
          { item_id: 'itm_1', score: 1000, most: 1000, right: ['b'], explanation: '' },
          { item_id: 'itm_2', score: 0, most: 1000, right: ['b'], explanation: '' },
        ],
      },
    },
    'GET /api/v1/trainings/trn_1/results/per_1': { learner: { id: 'per_1', name: '何秀兰' }, components: [] },
  })
  const page = await showPage(AttemptPage, {
    props: { trainingId: 'trn_1', personId: 'per_1', attemptId: 'att_1' },
  })
  await expect.poll(() => page.text()).toContain('入门八题 · 第 2 次作答')
  expect(page.text()).toContain('何秀兰 · 10 / 20 · 2026年11月3日 09:00 交卷')
  expect(page.text()).toContain('答案：复式教学')
  expect(page.text()).toContain('时间到以前选的，2026年11月3日 17:20 才传到，照常计分。')
  expect(page.text()).toContain('时间到以后选的“走班”（2026年11月3日 17:20）已经留下，不计分。')
})
