import type { VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { deviceDb } from '@/shared/outbox/db'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import BoardSettingsPage from './BoardSettingsPage.vue'

const ADDRESS = '/api/v1/trainings/trn_1/board-settings'
const settings = (grace_days: number, revision_days: number, version: number) =>
  reply(200, { grace_days, revision_days }, { ETag: `"v${version}"` })
const training = (state: string) => ({
  id: 'trn_1',
  title: '复式教学',
  title_en: 'Mixed-grade teaching',
  org_unit: { id: 'org_1', name: '定西市' },
  starts_on: '2026-11-02',
  ends_on: '2026-12-27',
  weeks: 8,
  state,
})
const table = {
  [`GET ${ADDRESS}`]: settings(7, 7, 3),
  'GET /api/v1/trainings/trn_1': training('running'),
  'GET /api/v1/my/trainings': { items: [] },
}

async function open(role: 'training_lead' | 'provincial_office', language: 'zh-CN' | 'en' = 'zh-CN') {
  const grant = { id: 'grt_1', role, scope_kind: 'training' as const, scope_id: 'trn_1', scope_name: '' }
  const me = { ...wang, places: ['office' as const], grants: [grant] }
  const page = await showPage(BoardSettingsPage, { props: { trainingId: 'trn_1' }, me, language })
  await settle()
  return page
}

function field(page: VueWrapper, label: string) {
  const found = page.findAll('label').find((one) => one.text().startsWith(label))
  return page.get<HTMLInputElement>(`#${found?.attributes('for') ?? 'nothing'}`)
}

const GRACE = '一周结束后，还可以补交几天'
const REVISION = '作业或反思退回后，可以修改几天'

beforeEach(async () => (await deviceDb()).clear('drafts'))

test('the lead reads the days, what they do, and what a change does to weeks that are under way', async () => {
  answers(table)
  const page = await open('training_lead')
  expect(field(page, GRACE).element.value).toBe('7')
  expect(field(page, REVISION).element.value).toBe('7')
  for (const words of [
    '填 0 就不收补交',
    '改了以后马上算数',
    '可能马上截止',
    '已经退回的，至少还能改到退回时给的那一天',
  ])
    expect(page.text()).toContain(words)
  page.unmount()
  const english = await open('training_lead', 'en')
  for (const words of [
    'With 0 none is taken',
    'may close at once',
    'until the day that it was given at least',
  ])
    expect(english.text()).toContain(words)
})

test('the lead changes the days over the version that was read', async () => {
  const made = answers({ ...table, [`PUT ${ADDRESS}`]: settings(3, 10, 4) })
  const page = await open('training_lead')
  await field(page, GRACE).setValue('3')
  await field(page, REVISION).setValue('10')
  await page.get('form').trigger('submit')
  await settle()
  const sent = made.find(({ method }) => method === 'PUT')
  expect(sent?.body).toEqual({ grace_days: 3, revision_days: 10 })
  expect(sent?.headers.get('If-Match')).toBe('"v3"')
  expect(toasts.value.map(({ text }) => text)).toContain('已保存，现在起按新的期限算')
})

test.each([
  [GRACE, '61', '请填 0 到 60 之间的整天数'],
  [GRACE, '', '请填 0 到 60 之间的整天数'],
  [GRACE, '1.5', '请填 0 到 60 之间的整天数'],
  [REVISION, '0', '请填 1 到 60 之间的整天数'],
])('%s: "%s" is not sent', async (label, days, words) => {
  const made = answers(table)
  const page = await open('training_lead')
  await field(page, label).setValue(days)
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain(words)
  expect(field(page, label).attributes('aria-invalid')).toBe('true')
  expect(made.some(({ method }) => method === 'PUT')).toBe(false)
})

test('what another lead saved meanwhile stands beside what was typed here', async () => {
  const changing: Record<string, unknown> = { ...table }
  answers(changing)
  const page = await open('training_lead')
  await field(page, GRACE).setValue('3')
  changing[`GET ${ADDRESS}`] = settings(14, 7, 4)
  changing[`PUT ${ADDRESS}`] = reply(409, { code: 'edit.conflict', title: '另一个人刚刚改过。' })
  await page.get('form').trigger('submit')
  await settle()
  await expect.poll(() => page.text()).toContain('这里有两份不同的内容')
  expect(page.text()).toContain('14')
})

test.each([
  ['provincial_office', 'running', '只有项目负责人可以修改'],
  ['training_lead', 'closed', '培训已经结束，期限不能再改'],
] as const)('%s of a training that is %s reads only', async (role, state, words) => {
  answers({ ...table, 'GET /api/v1/trainings/trn_1': training(state) })
  const page = await open(role)
  expect(page.text()).toContain(words)
  expect(page.get('fieldset').attributes('disabled')).toBeDefined()
  expect(field(page, GRACE).element.value).toBe('7')
  expect(page.find('form').exists()).toBe(false)
})
