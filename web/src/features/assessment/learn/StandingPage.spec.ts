import { expect, test } from 'vitest'
import { hearTime } from '@/shared/lib/serverClock'
import { answers, reply, showPage, wang } from '@/shared/testing/page'
import StandingPage from './StandingPage.vue'

const learner = {
  ...wang,
  grants: [
    {
      id: 'grt_1',
      role: 'learner' as const,
      scope_kind: 'training' as const,
      scope_id: 'trn_1',
      scope_name: '复式教学',
    },
  ],
}
const task = { id: 'tsk_1', week: 1, kind: 'test', title: '入门八题', title_en: 'Eight questions' }
const standing = {
  training_id: 'trn_1',
  class_id: 'cls_1',
  total: 5000,
  grade: 'fail',
  pass_from: 60,
  good_from: 80,
  excellent_from: 90,
  components: [
    {
      kind: 'tests',
      weight: 100,
      minimum: 60,
      score: 5000,
      missed: true,
      evidence: [{ task, score: 5000, records: [{ kind: 'attempt', id: 'att_1', score: 2000, most: 4000 }] }],
    },
  ],
  next: [
    {
      task,
      minutes: 15,
      state: 'below_minimum',
      test: { score: 5000, minimum: 60, attempts_left: 1 },
      closes_at: '2126-11-09T00:00:00Z',
      ends_at: '2126-11-16T00:00:00Z',
    },
  ],
  tasks: [
    {
      task_id: 'tsk_1',
      state: 'below_minimum',
      closes_at: '2126-11-09T00:00:00Z',
      ends_at: '2126-11-16T00:00:00Z',
    },
  ],
  result: null,
  computed_at: '2026-11-03T00:00:00Z',
}

test('a standing says what to do next and opens to its records', async () => {
  answers({ 'GET /api/v1/my/standing?training_id=trn_1': standing })
  const page = await showPage(StandingPage, { me: learner })
  for (const text of [
    '目前 50 分',
    '最好成绩 50 分，要求 60 分。 还可以做 1 次。',
    '低于最低要求',
    '第 1 次作答，20 / 40 分',
  ]) {
    expect(page.text()).toContain(text)
  }
})

test.each([
  { training_state: 'running', shown: '目前 50 分', not: '结业成绩' },
  { training_state: 'closed', shown: '结业成绩', not: '目前 50 分' },
])(
  'a result that was computed is final once the training is $training_state',
  async ({ shown, not, ...mine }) => {
    answers({
      'GET /api/v1/my/standing?training_id=trn_1': {
        ...standing,
        result: { score: 5000, grade: 'fail', passed: false },
      },
      'GET /api/v1/my/classes': { items: [{ training_id: 'trn_1', ...mine }] },
    })
    const page = await showPage(StandingPage, { me: learner })
    expect(page.text()).toContain(shown)
    expect(page.text()).not.toContain(not)
  },
)

test.each([
  ['2026-11-07T23:00:00Z', '还剩 1 天'],
  ['2026-11-09T23:00:00Z', '仍可补交，补交期还剩 6 天'],
  ['2026-11-16T00:00:00Z', '现在没有要做的'],
])('at %s by the server’s clock a next step says %s', async (now, words) => {
  hearTime(new Date(now).toUTCString())
  const next = [{ ...standing.next[0], closes_at: '2026-11-09T00:00:00Z', ends_at: '2026-11-16T00:00:00Z' }]
  answers({ 'GET /api/v1/my/standing?training_id=trn_1': { ...standing, next } })
  const page = await showPage(StandingPage, { me: learner })
  expect(page.text()).toContain(words)
  expect(page.text()).not.toContain('已截止')
})

test('in English too', async () => {
  answers({ 'GET /api/v1/my/standing?training_id=trn_1': standing })
  const page = await showPage(StandingPage, { me: learner, language: 'en' })
  expect(page.text()).toContain('Eight questions')
  expect(page.text()).toContain('Attempt 1: 20 of 40 points')
})

test('who is admitted and has no class yet is told what comes, not that something failed', async () => {
  answers({
    'GET /api/v1/my/standing?training_id=trn_1': reply(404, { code: 'not_found', title: '没有找到' }),
  })
  const page = await showPage(StandingPage, { me: learner })
  expect(page.text()).toContain('分班公布后，成绩会出现在这里')
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('who is in no training is told so', async () => {
  answers({})
  const page = await showPage(StandingPage, { me: { ...wang, grants: [] } })
  expect(page.text()).toContain('您还没有进入研修班')
})
