import type { VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { toEdit } from './schemeForm'
import SchemePage from './SchemePage.vue'

const ADDRESS = '/api/v1/trainings/trn_1/evaluation-scheme'
const scheme = {
  components: [
    { kind: 'tasks', weight: 40, minimum: null },
    { kind: 'assignments', weight: 60, minimum: 50 },
  ],
  pass_from: 60,
  good_from: 80,
  excellent_from: 90,
  credits_tenths: 325,
  hours: 32,
  late_percent: 80,
  posts_wanted: 2,
}
const seen = {
  grades_now: { pass: 1 },
  grades_then: { fail: 1 },
  learners: [
    {
      learner: { id: 'per_1', name: '马建国' },
      total_now: 6100,
      total_then: 5900,
      grade_now: 'pass',
      grade_then: 'fail',
      missed_then: ['tasks', 'assignments'],
    },
  ],
}
const invalid = (pointer: string) => ({
  code: 'request.invalid',
  title: '请改正标出的内容',
  errors: [{ pointer, code: 'range', detail: '最多 100' }],
})
const table = {
  [`GET ${ADDRESS}`]: { version: 1, evaluated_at: null, scheme },
  'GET /api/v1/trainings/trn_1': {
    id: 'trn_1',
    title: '复式教学',
    org_unit: { id: 'org_1', name: '贵州省' },
    starts_on: '2026-03-02',
    ends_on: '2026-05-24',
    weeks: 12,
    state: 'running',
    may: { manage: true },
  },
  'GET /api/v1/my/trainings': { items: [] },
}

async function open(answered: Record<string, unknown>, language: 'zh-CN' | 'en' = 'zh-CN') {
  answers({ ...table, ...answered })
  const lead = {
    ...wang,
    places: ['office' as const],
    grants: [
      {
        id: 'grt_1',
        role: 'training_lead' as const,
        scope_kind: 'training' as const,
        scope_id: 'trn_1',
        scope_name: '复式教学',
      },
    ],
  }
  const page = await showPage(SchemePage, { props: { trainingId: 'trn_1' }, me: lead, language })
  await settle()
  return page
}

async function press(page: VueWrapper, text: string) {
  await page
    .findAll('button')
    .find((button) => button.text() === text)
    ?.trigger('click')
  await settle()
}
/** The input that a label names. */
function field(page: VueWrapper, label: string) {
  const found = page.findAll('label').find((one) => one.text() === label)
  return page.get<HTMLInputElement>(`#${found?.attributes('for') ?? 'nothing'}`)
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('the scheme says how scores are rounded', async () => {
  const page = await open({})
  await expect.poll(() => page.text()).toContain('只在最后取一次')
})

test('what would come of a scheme is shown for that scheme only', async () => {
  const page = await open({ [`POST ${ADDRESS}/what-if`]: seen })
  await press(page, '试算')
  expect(page.text()).toContain('马建国')
  await field(page, '权重（%）：作业').setValue(50)
  expect(page.text()).not.toContain('马建国')
  await field(page, '权重（%）：作业').setValue(60)
  expect(page.text()).toContain('马建国')
})

test('a refused try marks the input, counted among the parts that are used, until something changes', async () => {
  const page = await open({ [`POST ${ADDRESS}/what-if`]: reply(422, invalid('/components/1/weight')) })
  await field(page, '权重（%）：作业').setValue(160)
  await press(page, '试算')
  const weight = field(page, '权重（%）：作业')
  expect(weight.attributes('aria-invalid')).toBe('true')
  expect(page.get(`[id="${weight.attributes('aria-describedby') ?? ''}"]`).text()).toBe('最多 100')
  expect(page.findAll('[aria-invalid="true"]')).toHaveLength(1)
  await weight.setValue(60)
  expect(page.find('[aria-invalid="true"]').exists()).toBe(false)
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('a refused save marks the input too, and takes what was tried before away', async () => {
  const page = await open({
    [`POST ${ADDRESS}/what-if`]: seen,
    [`PUT ${ADDRESS}`]: reply(422, invalid('/components/0/minimum')),
  })
  await field(page, '最低要求（分）：任务完成').setValue(120)
  await press(page, '试算')
  await page.get('form').trigger('submit')
  await settle()
  expect(field(page, '最低要求（分）：任务完成').attributes('aria-invalid')).toBe('true')
  expect(page.text()).not.toContain('马建国')
})

test('an English reader gets English marks between the words', async () => {
  const page = await open({ [`POST ${ADDRESS}/what-if`]: seen }, 'en')
  await field(page, 'Weight (%): Assignments').setValue(50)
  expect(page.text()).toContain('Weights add up to 90%, should be 100%')
  await press(page, 'Try it')
  expect(page.text()).toContain('Minimum missed: Tasks done and Assignments')
})

test('what is wrong with a part stays with it when a part before is used no more', async () => {
  const page = await open({ [`PUT ${ADDRESS}`]: reply(422, invalid('/components/1/minimum')) })
  await field(page, '最低要求（分）：作业').setValue(120)
  await page.get('form').trigger('submit')
  await settle()
  expect(field(page, '最低要求（分）：作业').attributes('aria-invalid')).toBe('true')
  await page.get('input[type=checkbox][aria-label*="任务完成"]').setValue(false)
  expect(field(page, '最低要求（分）：作业').attributes('aria-invalid')).toBe('true')
  expect(page.findAll('[aria-invalid="true"]')).toHaveLength(1)
})

test('a scheme by which results were computed is shown as it stands, and what was typed of it to be read and given up', async () => {
  const base = toEdit(scheme as Parameters<typeof toEdit>[0])
  await keepDraft('scheme:trn_1', { version: 1, value: { ...base, pass_from: 71 }, base, tried: [] })
  const fixed = { version: 2, evaluated_at: '2026-05-25T00:00:00Z', scheme }
  const page = await open({ [`GET ${ADDRESS}`]: fixed })
  await expect.poll(() => page.find('.written').exists()).toBe(true)
  expect(page.get('.written').text()).toContain('71')
  expect(page.get('.written').text()).not.toContain('80')
  expect(field(page, '合格').element.value).toBe('60')
  expect(field(page, '合格').element.closest('fieldset')?.disabled).toBe(true)
  expect(page.find('form').exists()).toBe(false)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  await press(page, '删除')
  asked.value?.answer(true)
  await settle()
  expect(page.find('.written').exists()).toBe(false)
})

test('a scheme that was fixed while it was written shows so after the refusal', async () => {
  let stored: unknown = table[`GET ${ADDRESS}`]
  const page = await open({
    [`GET ${ADDRESS}`]: () => stored,
    [`PUT ${ADDRESS}`]: () => {
      stored = { version: 2, evaluated_at: '2026-05-25T00:00:00Z', scheme }
      return reply(409, { code: 'evaluation.scheme_fixed', title: '已经计算过结果' })
    },
  })
  await field(page, '合格').setValue(71)
  await page.get('form').trigger('submit')
  await expect.poll(() => page.find('.written').exists()).toBe(true)
  expect(page.get('.written').text()).toContain('71')
  expect(field(page, '合格').element.value).toBe('60')
})
