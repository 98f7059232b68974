import { expect, test } from 'vitest'
import type { Me } from '@/shared/session/session'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import AllocationPage from './AllocationPage.vue'

const said = (zh: string) => ({ zh, en: `en: ${zh}` })
const learner = (n: number, placement: string | null) => ({
  person_id: `per_${n}`,
  placement_id: placement,
  name: `老师${n}`,
  county: '通渭县',
  subject: '语文',
  professional_title: '一级教师',
  years: n,
  is_admitted: true,
})
const group = (id: string, name: string, learners: unknown[]) => ({
  id,
  number: 1,
  name,
  counties: 1,
  veterans: 0,
  learners,
  leaders: [],
  without: [],
})
const board = {
  training_id: 'trn_1',
  version: 7,
  state: 'draft',
  seed: 1,
  most_local_percent: 60,
  admitted: 3,
  classes: [group('cls_1', '1班', [learner(1, 'plc_1')]), group('cls_2', '2班', [learner(2, 'plc_2')])],
  unplaced: [learner(3, null)],
  staff: [{ person_id: 'per_9', name: '李婷', role: 'assistant', is_local: true, leads: 0, most_classes: 1 }],
  summary: [said('共 2 个班，每班 1 人。')],
  alphabetical: said('如果按姓名顺序切分……'),
}
const opening = {
  can_open: false,
  people_missing: 1,
  headline: said('还不能开班：有 1 项条件没有满足，还缺 1 人。'),
  rules: [
    { rule: 'placed', is_met: true, binds: true, number: 0, people_missing: 0, text: said('都有了班级。') },
    {
      rule: 'assistants',
      is_met: false,
      binds: true,
      number: 2,
      people_missing: 1,
      text: said('有 2 个班没有助教。'),
    },
  ],
}
const effect = {
  before: { region: 1, years: 1, title: 1, subject: 1 },
  after: { region: 2, years: 1, title: 1, subject: 1 },
  change: 1,
  texts: [said('同一地区的老师在一起：变差。')],
  broken_rules: [{ rule: 'alone', text: said('有 1 位学员在班里没有同县的老师。') }],
}
const lead: Me = {
  ...wang,
  places: ['office'],
  grants: [
    { id: 'gra_1', role: 'training_lead', scope_kind: 'training', scope_id: 'trn_1', scope_name: '复式教学' },
  ],
}
const served = {
  'GET /api/v1/trainings/trn_1/allocation': board,
  'GET /api/v1/trainings/trn_1/opening': opening,
}

async function open(me: Me, more: Record<string, unknown> = {}) {
  const made = answers({ ...served, ...more })
  const page = await showPage(AllocationPage, { props: { trainingId: 'trn_1' }, me })
  const button = (name: string) =>
    page.findAll('button').find((each) => each.text() === name || each.attributes('aria-label') === name)
  return { page, made, button }
}

test('what is missing stands first, with how many people', async () => {
  const { page } = await open(lead)
  const rules = page.findAll('.rule').map((rule) => rule.text())
  expect(rules[0]).toContain('有 2 个班没有助教。')
  expect(rules[0]).toContain('缺 1 人')
  expect(page.text()).toContain('如果按姓名顺序切分')
})

test('a move shows its effect before it is made', async () => {
  const { page, made, button } = await open(lead, {
    'GET /api/v1/placements/plc_1/effect': effect,
    'POST /api/v1/placements/plc_1/move': effect,
  })
  await button('移动老师1')?.trigger('click')
  await settle()
  expect(page.text()).toContain('选择班级后，这里会显示变化')
  const [target, partner] = page.findAll('dialog select')
  await target?.setValue('cls_2')
  await settle()
  expect(page.text()).toContain('同一地区的老师在一起：变差。')
  expect(page.text()).toContain('有 1 位学员在班里没有同县的老师。')
  await partner?.setValue('plc_2')
  await settle()
  await page.get('dialog form').trigger('submit')
  await settle()
  const sent = made.find((request) => request.method === 'POST')
  expect(sent?.body).toEqual({ class_id: 'cls_2', exchange_with: 'plc_2' })
})

test('a full class takes nobody without an exchange', async () => {
  const { page, button } = await open(lead, {
    'GET /api/v1/placements/plc_1/effect': {
      ...effect,
      broken_rules: [{ rule: 'class_full', text: said('这个班已满 20 人。') }],
    },
  })
  await button('移动老师1')?.trigger('click')
  await settle()
  await page.findAll('dialog select')[0]?.setValue('cls_2')
  await settle()
  expect(page.get('dialog button[type="submit"]').attributes('disabled')).toBeDefined()
})

test('somebody admitted late is placed', async () => {
  const { page, made, button } = await open(lead, {
    'POST /api/v1/trainings/trn_1/placements': reply(201, { id: 'plc_3' }),
  })
  await button('安排老师3')?.trigger('click')
  await settle()
  await page.findAll('dialog select')[0]?.setValue('cls_1')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({
    person_id: 'per_3',
    class_id: 'cls_1',
  })
})

test('a locked allocation is published only when everything is ready', async () => {
  const locked = { 'GET /api/v1/trainings/trn_1/allocation': { ...board, state: 'locked' } }
  const closed = await open(lead, locked)
  expect(closed.button('公布并开班')?.attributes('disabled')).toBeDefined()
  expect(closed.button('移动老师1')).toBeUndefined()
  closed.page.unmount()
  const ready = await open(lead, {
    ...locked,
    'GET /api/v1/trainings/trn_1/opening': { ...opening, can_open: true },
  })
  expect(ready.button('公布并开班')?.attributes('disabled')).toBeUndefined()
})

test('the provincial office looks and changes nothing', async () => {
  const office: Me = {
    ...lead,
    grants: [
      {
        id: 'gra_2',
        role: 'provincial_office',
        scope_kind: 'org_unit',
        scope_id: 'org_1',
        scope_name: '甘肃',
      },
    ],
  }
  const { page, button } = await open(office)
  expect(page.text()).toContain('老师1')
  expect(button('锁定')).toBeUndefined()
  expect(button('移动老师1')).toBeUndefined()
  expect(page.find('.assign').exists()).toBe(false)
})

test('a training without classes says what to do', async () => {
  const { page, made, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': {
      ...board,
      state: null,
      seed: null,
      classes: [],
      summary: [],
      alphabetical: null,
    },
    'POST /api/v1/trainings/trn_1/allocation': reply(201, board),
  })
  expect(page.text()).toContain('还没有分班')
  await button('自动分班')?.trigger('click')
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({ seed: 1, most_local_percent: 60 })
})
