import { afterEach, beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import type { Me } from '@/shared/session/session'
import { asked } from '@/shared/ui/useConfirm'
import { toForm } from './planForm'
import PlanPage from './PlanPage.vue'

const lead: Me = {
  ...wang,
  places: ['office'],
  grants: [
    { id: 'grt_1', role: 'training_lead', scope_kind: 'training', scope_id: 'trn_1', scope_name: '复式教学' },
  ],
}
const content = {
  title: '复式教学',
  title_en: '',
  time_zone: 'Asia/Shanghai',
  starts_on: '2026-11-02',
  weeks: 3,
  purpose: '有方法',
  target_group: '教学点教师',
  scale: 60,
  staff_needed: { assistants: 3, experts: 2 },
  content_lines: [{ title: '一堂课', body: '', first_week: 1, last_week: 3 }],
  budget_lines: [{ title: '专家费', fen: 120_050 }],
}
const may = { manage: true, supervise: false, decide: false, guide: true, assist: true }

function server(state: string, access: Partial<typeof may> = {}) {
  return {
    'GET /api/v1/trainings/trn_1': {
      id: 'trn_1',
      title: '复式教学',
      title_en: '',
      org_unit: { id: 'org_1', name: '威宁县' },
      time_zone: 'Asia/Shanghai',
      starts_on: '2026-11-02',
      ends_on: '2026-11-22',
      weeks: 3,
      state: 'preparing',
      plan_state: state,
      current_week: null,
      stages: [],
      may: { ...may, ...access },
    },
    'GET /api/v1/trainings/trn_1/plan': {
      training_id: 'trn_1',
      state,
      version: 4,
      submission: 0,
      updated_at: '2026-11-01T00:00:00Z',
      budget_fen: 120_050,
      content,
    },
    'GET /api/v1/trainings/trn_1/plan/submissions': { items: [] },
  }
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

afterEach(() => {
  document.body.innerHTML = ''
})

test('a lead saves the version that was read, with money in fen', async () => {
  const made = answers({
    ...server('draft'),
    'PUT /api/v1/trainings/trn_1/plan': reply(422, {
      code: 'plan.incomplete',
      title: '方案还有几处需要补充或更正。',
      errors: [{ pointer: '/content_lines/0/last_week', code: 'outside_weeks', detail: '周次不对' }],
    }),
  })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  await page.get('form').trigger('submit')
  await settle()
  const put = made.find((request) => request.method === 'PUT')
  expect(put?.headers.get('if-match')).toBe('"v4"')
  expect(put?.body).toEqual(content)
  expect(page.text()).toContain('周次不对')
})

test('a submitted plan is only read, and decided by the office alone', async () => {
  answers(server('submitted'))
  const asLead = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  expect(asLead.find('form').exists()).toBe(false)
  expect(asLead.text()).toContain('¥1,200.50')
  expect(asLead.text()).not.toContain('退回修改')
  asLead.unmount()

  answers(server('submitted', { manage: false, decide: true, supervise: true }))
  const asOffice = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  expect(asOffice.text()).toContain('批准')
  expect(asOffice.text()).toContain('退回修改')
})

test('a decision names the version that stood there when it was begun', async () => {
  const made = answers({
    ...server('submitted', { manage: false, decide: true, supervise: true }),
    'POST /api/v1/trainings/trn_1/plan/return': reply(412, {
      code: 'edit.conflict',
      title: '别人刚刚改过这里。',
    }),
  })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  const back = page.findAll('button').find((button) => button.text() === '退回修改')
  await back?.trigger('click')
  await page.get('dialog textarea').setValue('预算请细化。')
  await page.get('dialog form').trigger('submit')
  await settle()
  const sent = made.find((request) => request.method === 'POST')
  expect(sent?.headers.get('if-match')).toBe('"v4"')
  expect(page.text()).toContain('请重新核对后再决定')
})

test('an approval carries the opinion that the record shows', async () => {
  const made = answers({
    ...server('submitted', { manage: false, decide: true, supervise: true }),
    'POST /api/v1/trainings/trn_1/plan/approve': {},
  })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  await page
    .findAll('button')
    .find((button) => button.text() === '批准')
    ?.trigger('click')
  await page.get('dialog[open] textarea').setValue('同意。请把助教名单尽快定下来。')
  await page.get('dialog[open] form').trigger('submit')
  await settle()
  const sent = made.find((request) => request.method === 'POST')
  expect(sent?.body).toEqual({ note: '同意。请把助教名单尽快定下来。' })
  expect(sent?.headers.get('if-match')).toBe('"v4"')
})

test('a plan that was handed in again stands beside the one before it, with why that was returned', async () => {
  const person = { id: 'per_9', name: '宋玉梅' }
  const office = { id: 'per_8', name: '韩正清' }
  const before = {
    ...content,
    purpose: '有方法',
    content_lines: [
      { title: '一堂课', body: '', first_week: 1, last_week: 2 },
      { title: '总结', body: '', first_week: 3, last_week: 3 },
    ],
    budget_lines: [],
  }
  const after = {
    ...content,
    content_lines: [
      { title: '走进教学点', body: '先听后讲', first_week: 1, last_week: 1 },
      { title: '一堂课', body: '', first_week: 1, last_week: 2 },
      { title: '总结', body: '', first_week: 3, last_week: 3 },
    ],
  }
  answers({
    ...server('submitted', { manage: false, decide: true, supervise: true }),
    'GET /api/v1/trainings/trn_1/plan/submissions': {
      items: [
        { number: 2, submitted_by: person, submitted_at: '2026-11-02T00:00:00Z', content: after },
        {
          number: 1,
          submitted_by: person,
          submitted_at: '2026-11-01T00:00:00Z',
          decision: 'returned',
          reasons: '请补充预算',
          decided_by: office,
          decided_at: '2026-11-01T08:00:00Z',
          content: before,
        },
      ],
    },
  })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  await settle()
  const changes = page.get('dl.changes')
  expect(page.text()).toContain('上一次退回的原因：请补充预算')
  expect(changes.findAll('dt').map((dt) => dt.text())).toEqual(['培训内容 · 走进教学点', '预算 · 专家费'])
  expect(changes.text()).toContain('新增第 1 周')
  expect(changes.text()).toContain('1200.50 元')
})

test.each([
  { state: 'approved', manage: true },
  { state: 'draft', manage: false },
])(
  'what was typed of a plan stays to be read where it is $state and the reader leads it: $manage',
  async ({ state, manage }) => {
    const base = toForm(content)
    const kept = { version: 3, value: { ...base, purpose: '我写了一半的目的' }, base, tried: [] }
    await keepDraft('plan:trn_1', kept)
    answers(server(state, { manage }))
    const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
    await expect.poll(() => page.find('.written').exists()).toBe(true)
    expect(page.get('.written').text()).toContain('我写了一半的目的')
    await expect.poll(() => unsent(wang.person.id)).toBe(0)
  },
)

test('the form of another training begins anew, also where it was read before', async () => {
  const other = (key: string) => key.replace('trn_1', 'trn_2')
  const first = server('draft')
  const second = Object.fromEntries(
    Object.entries(first).map(([path, answer]) => [
      other(path),
      { ...answer, training_id: 'trn_2', content: { ...content, title: '语文教学' } },
    ]),
  )
  const made = answers({ ...first, ...second, 'PUT /api/v1/trainings/trn_2/plan': reply(503) })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_2' }, me: lead })
  await page.setProps({ trainingId: 'trn_1' })
  await settle()
  await page.get('form input').setValue('第一个培训的新名称')
  await page.setProps({ trainingId: 'trn_2' })
  await settle()
  expect(page.get<HTMLInputElement>('form input').element.value).toBe('语文教学')
  await page.get('form').trigger('submit')
  await expect.poll(() => made.some(({ method }) => method === 'PUT')).toBe(true)
  expect(made.find(({ method }) => method === 'PUT')).toMatchObject({
    path: '/api/v1/trainings/trn_2/plan',
    body: { title: '语文教学' },
  })
})

test('a plan that somebody else changed meanwhile is shown before it is handed in', async () => {
  const begun = server('draft')
  let version = 4
  const made = answers({
    ...begun,
    'GET /api/v1/trainings/trn_1/plan': () => ({
      ...begun['GET /api/v1/trainings/trn_1/plan'],
      version,
      content: { ...content, title: version > 4 ? '别人写的名称' : content.title },
    }),
    'POST /api/v1/trainings/trn_1/plan/submit': (request: Request) => {
      if (request.headers.get('If-Match') === '"v5"') return {}
      version = 5
      return reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })
    },
  })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  const submit = async () => {
    await page
      .findAll('button')
      .find((one) => one.text() === '提交审批')
      ?.trigger('click')
    asked.value?.answer(true)
    await settle()
  }
  await submit()
  expect(page.get<HTMLInputElement>('form input').element.value).toBe('别人写的名称')
  expect(page.text()).toContain('请重新核对后再决定')
  await submit()
  const posts = made.filter(({ method }) => method === 'POST')
  expect(posts.map(({ headers }) => headers.get('If-Match'))).toEqual(['"v4"', '"v5"'])
})

test('what is wrong with a line stays with it when the line before goes', async () => {
  const lines = [
    { title: '专家费', fen: 100 },
    { title: '资料费', fen: 200 },
    { title: '交通费', fen: 200 },
  ]
  const table = server('draft')
  table['GET /api/v1/trainings/trn_1/plan'].content = {
    ...content,
    content_lines: [...content.content_lines, { title: '另一堂课', body: '', first_week: 4, last_week: 9 }],
    budget_lines: lines,
  }
  answers({
    ...table,
    'PUT /api/v1/trainings/trn_1/plan': reply(422, {
      code: 'request.invalid',
      title: '请改正标出的内容',
      errors: [
        { pointer: '/content_lines/1/last_week', code: 'range', detail: '超过周数' },
        { pointer: '/budget_lines/1/fen', code: 'range', detail: '太多' },
      ],
    }),
  })
  const page = await showPage(PlanPage, { props: { trainingId: 'trn_1' }, me: lead })
  await settle()
  await page.get('form').trigger('submit')
  await expect.poll(() => page.findAll('[aria-invalid="true"]')).toHaveLength(2)
  const remove = (title: string) =>
    page
      .findAll('button')
      .find((one) => one.attributes('aria-label')?.includes(title))
      ?.trigger('click')
  await remove('专家费')
  await remove('一堂课')
  const marked = page.findAll<HTMLInputElement>('[aria-invalid="true"]').map((input) => input.element.value)
  expect(marked).toEqual(['9', '2'])
  const rows = page.findAll('fieldset').filter((one) => one.find('[aria-invalid="true"]').exists())
  expect(rows.map((one) => one.get('legend').text())).toEqual(['另一堂课', '资料费'])
})
