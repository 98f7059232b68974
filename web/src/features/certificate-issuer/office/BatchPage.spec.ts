import { expect, test } from 'vitest'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import BatchPage from './BatchPage.vue'

const entry = {
  id: 'ben_1',
  person_id: 'per_1',
  unit_name: '石桥教学点',
  decision: 'open',
  missing_glyphs: [] as string[],
  unprintable: false,
  printed: {
    learner_name: '王晓兰',
    training_title: '复式教学入门',
    starts_on: '2026-03-02',
    ends_on: '2026-05-24',
    hours: 60,
    credits: '6.5',
    grade: 'excellent',
    assessed_by: '威宁县教师发展中心',
    issuer_name: '贵州省教师培训办公室',
  },
}
const batch = {
  id: 'bat_1',
  training_id: 'trn_1',
  training_title: '复式教学入门',
  state: 'submitted',
  created_by: '陈负责',
  created_at: '2026-06-01T01:00:00Z',
  submitted_by: '陈负责',
  submitted_at: '2026-06-01T02:00:00Z',
  entries: 1,
  approved: 0,
  returned: 0,
  issued: 0,
  unfinished: 0,
}
const DETAIL = 'GET /api/v1/certificate-batches/bat_1'
const holding = (role: 'provincial_office' | 'training_lead') => ({
  ...wang,
  places: ['office' as const],
  grants: [{ id: 'grt_1', role, scope_kind: 'org_unit' as const, scope_id: 'org_1', scope_name: '贵州省' }],
})
const open = (me: ReturnType<typeof holding>) => showPage(BatchPage, { props: { batchId: 'bat_1' }, me })

test('the office approves all entries with one decision', async () => {
  const made = answers({
    [DETAIL]: { batch, entries: [entry], submitted_by_you: false },
    'POST /api/v1/certificate-batches/bat_1/decide': { batch, entries: [entry], submitted_by_you: false },
  })
  const page = await open(holding('provincial_office'))
  const { asked } = await import('@/shared/ui/useConfirm')
  await page
    .findAll('button')
    .find((button) => button.text() === '全部批准')
    ?.trigger('click')
  expect(asked.value?.title).toBe('批准 1 名学员？')
  asked.value?.answer(true)
  await settle()
  const decision = made.find((request) => request.method === 'POST')
  expect(decision?.body).toEqual({ entries: [{ entry_id: 'ben_1', decision: 'approve' }] })
})

test('whoever handed the batch in is told that somebody else decides', async () => {
  answers({ [DETAIL]: { batch, entries: [entry], submitted_by_you: true } })
  const page = await open(holding('provincial_office'))
  expect(page.text()).toContain('须由其他人审批')
  expect(page.text()).not.toContain('全部批准')
})

test('a name that cannot be printed blocks handing in and is named', async () => {
  const flawed = { ...entry, missing_glyphs: ['🙂'] }
  answers({
    [DETAIL]: { batch: { ...batch, state: 'draft' }, entries: [flawed], submitted_by_you: false },
  })
  const page = await open(holding('training_lead'))
  expect(page.text()).toContain('字体里没有这些字：🙂')
  const submit = page.findAll('button').find((button) => button.text() === '提交审批')
  expect((submit?.element as HTMLButtonElement).disabled).toBe(true)
})
