import { afterEach, expect, test, vi } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import ResultsPage from './ResultsPage.vue'

const lead = {
  ...wang,
  places: ['office' as const],
  grants: [
    {
      id: 'grt_1',
      role: 'training_lead' as const,
      scope_kind: 'training' as const,
      scope_id: 'trn_1',
      scope_name: '',
    },
  ],
}
const training = {
  id: 'trn_1',
  title: '复式教学',
  time_zone: 'Asia/Shanghai',
  starts_on: '2026-11-09',
  ends_on: '2026-12-20',
  weeks: 6,
  state: 'running',
  stages: [],
  org_unit: { id: 'org_1', name: '甘肃省' },
  may: { manage: true },
}
const result = {
  learner: { id: 'per_1', name: '何秀兰' },
  class_name: '一班',
  score: 5000,
  grade: 'fail',
  passed: false,
  credits_tenths: 0,
  components: [],
  result_hash: 'a',
}

const scheme = {
  version: 3,
  evaluated_at: null,
  scheme: {
    components: [
      { kind: 'tests', weight: 60, minimum: 40 },
      { kind: 'assignments', weight: 40, minimum: null },
    ],
    pass_from: 60,
    good_from: 75,
    excellent_from: 90,
    credits_tenths: 200,
    hours: 24,
    late_percent: 80,
    posts_wanted: 2,
  },
}

function open(more: Record<string, unknown> = {}) {
  const made = answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/results': { items: [result] },
    'GET /api/v1/trainings/trn_1/departed-learners': { items: [] },
    'GET /api/v1/trainings/trn_1/board-settings': { grace_days: 7 },
    'GET /api/v1/trainings/trn_1/evaluation-scheme': scheme,
    ...more,
  })
  return { made, page: showPage(ResultsPage, { props: { trainingId: 'trn_1' }, me: lead }) }
}

afterEach(() => {
  vi.restoreAllMocks()
})

test.each([
  { now: '2026-12-27T15:59:00Z', isOffered: false },
  { now: '2026-12-27T16:01:00Z', isOffered: true },
])(
  'a training can be ended once no late work is taken any more: at $now $isOffered',
  async ({ now, isOffered }) => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse(now))
    const page = await open().page
    const end = page.findAll('button').find((button) => button.text() === '结束培训')
    expect(end?.attributes('disabled') === undefined).toBe(isOffered)
    expect(page.text().includes('补交到 2026年12月27日 为止')).toBe(!isOffered)
    page.unmount()
  },
)

test('who computes in the middle of a training is told what is not over, and both effects', async () => {
  const { made, page } = open({
    'POST /api/v1/trainings/trn_1/results/compute': reply(409, {
      code: 'evaluation.not_over',
      title: '培训还没有结束',
      detail: '还有 3 份作业没有评完。',
    }),
  })
  const shown = await page
  await shown
    .findAll('button')
    .find((button) => button.text() === '重新计算')
    ?.trigger('click')
  await settle()
  expect(asked.value?.text).toContain('还有 3 份作业没有评完。')
  expect(asked.value?.text).toContain('评价方案不能再改')
  expect(asked.value?.text).toContain('再算一次')
  asked.value?.answer(false)
  await settle()
  expect(made.filter(({ method }) => method === 'POST')).toHaveLength(1)
  shown.unmount()
})

test('the last question before a training ends is about its end, and names what becomes of the works that wait', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-12-30T00:00:00Z'))
  const { page } = open({
    'POST /api/v1/trainings/trn_1/close': reply(409, {
      code: 'evaluation.not_over',
      title: '确认要现在计算吗？',
      detail: '待评作业 85 份',
      extra: { ends_at: '2026-12-27T00:00:00Z', waiting: 85 },
    }),
  })
  const shown = await page
  await shown
    .findAll('button')
    .find((button) => button.text() === '结束培训')
    ?.trigger('click')
  await settle()
  asked.value?.answer(true)
  await settle()
  expect(asked.value?.title).toBe('还有 85 份作业没有评，仍然结束培训？')
  expect(asked.value?.text).toContain('85 份作业会按零分')
  expect(asked.value?.text).not.toContain('计算吗')
  asked.value?.answer(false)
  await settle()
  shown.unmount()
})

test('a training that somebody else has just ended is shown as ended after the refusal', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-12-30T00:00:00Z'))
  const { made, page } = open({
    'POST /api/v1/trainings/trn_1/close': reply(409, { code: 'training.closed', title: '培训已经结束' }),
  })
  const shown = await page
  await shown
    .findAll('button')
    .find((button) => button.text() === '结束培训')
    ?.trigger('click')
  await settle()
  const before = made.filter(({ path }) => path === '/api/v1/trainings/trn_1').length
  asked.value?.answer(true)
  await settle()
  expect(shown.text()).toContain('培训已经结束')
  expect(made.filter(({ path }) => path === '/api/v1/trainings/trn_1').length).toBeGreaterThan(before)
  shown.unmount()
})

test('who closes says by which scheme; another that was saved meanwhile is shown, and nothing is closed unseen', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-12-30T00:00:00Z'))
  let now = scheme
  const { made, page } = open({
    'GET /api/v1/trainings/trn_1/evaluation-scheme': () => now,
    'POST /api/v1/trainings/trn_1/close': (request: Request) =>
      request.headers.get('if-match') === `"v${now.version}"`
        ? { learners: 1, passed: 0, changed: 0 }
        : reply(412, { code: 'edit.conflict', title: '' }),
  })
  const shown = await page
  const press = async () => {
    await shown
      .findAll('button')
      .find((button) => button.text() === '结束培训')
      ?.trigger('click')
    await settle()
  }
  expect(shown.text()).toContain('测试 60%（最低 40 分）、作业 40%；60 分合格')
  await press()
  expect(asked.value?.text).toContain('测试 60%')
  now = { ...scheme, version: 4, scheme: { ...scheme.scheme, pass_from: 10 } }
  asked.value?.answer(true)
  await settle()
  expect(shown.text()).toContain('请重新核对后再决定')
  expect(shown.text()).toContain('10 分合格')
  await press()
  asked.value?.answer(true)
  await settle()
  const tags = made.filter(({ method }) => method === 'POST').map(({ headers }) => headers.get('if-match'))
  expect(tags).toEqual(['"v3"', '"v4"'])
  shown.unmount()
})
