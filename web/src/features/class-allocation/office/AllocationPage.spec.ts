import { expect, test } from 'vitest'
import type { Me } from '@/shared/session/session'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { toasts } from '@/shared/ui/useToast'
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
  dismissed: [],
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
    {
      rule: 'placed',
      is_met: true,
      applies: true,
      binds: true,
      number: 0,
      people_missing: 0,
      text: said('都有了班级。'),
    },
    {
      rule: 'assistants',
      is_met: false,
      applies: true,
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
  expect(sent?.headers.get('If-Match')).toBe('"v7"')
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
  const sent = made.find((request) => request.method === 'POST')
  expect(sent?.body).toEqual({ person_id: 'per_3', class_id: 'cls_1' })
  expect(sent?.headers.get('If-Match')).toBe('"v7"')
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

/** A board that a colleague changes between the look and the first change; what is decided on the new one is done. */
function changing(after: object) {
  let isChanged = false
  const decide = (request: Request) => {
    if (request.headers.get('If-Match') === '"v8"') return reply(201, effect)
    isChanged = true
    return reply(412, {
      code: 'edit.conflict',
      title: '别人刚刚改过这里。您填写的内容还在，请刷新后再保存。',
    })
  }
  return { decide, served: () => (isChanged ? { ...board, version: 8, ...after } : board) }
}
const seen = (made: { method: string; headers: Headers }[]) =>
  made.filter(({ method }) => method !== 'GET').map(({ headers }) => headers.get('If-Match'))

test('a board that a colleague changed is shown anew before a move is made on it', async () => {
  // The colleague filled the learner's class and allocated again: other placements.
  const there = changing({
    classes: [
      group('cls_1', '1班', [learner(1, 'plc_8'), learner(4, 'plc_4')]),
      group('cls_2', '2班', [learner(2, 'plc_9')]),
    ],
  })
  const { page, made, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': there.served,
    'GET /api/v1/placements/plc_1/effect': effect,
    'GET /api/v1/placements/plc_8/effect': { ...effect, texts: [said('更均匀。')] },
    'POST /api/v1/placements/plc_1/move': there.decide,
    'POST /api/v1/placements/plc_8/move': there.decide,
  })
  await button('移动老师1')?.trigger('click')
  await settle()
  await page.findAll('dialog select')[0]?.setValue('cls_2')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(page.get('dialog [role="alert"]').text()).toContain('别人刚刚改过分班')
  expect(page.get('dialog [role="alert"]').text()).toContain('没有生效')
  // The chosen class is kept, and what the move does is asked of the board as it is now.
  await expect.poll(() => page.get('dialog').text()).toContain('更均匀。')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(seen(made)).toEqual(['"v7"', '"v8"'])
  expect(made.filter(({ method }) => method === 'POST').at(-1)?.path).toBe('/api/v1/placements/plc_8/move')
})

test('who leads is changed only on the board that was read', async () => {
  const leader = { assignment_id: 'sta_1', person_id: 'per_8', name: '何燕', role: 'assistant' }
  const there = changing({})
  const { page, made, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': () => ({
      ...there.served(),
      classes: [{ ...group('cls_1', '1班', []), leaders: [leader] }],
    }),
    'POST /api/v1/classes/cls_1/staff-assignments': there.decide,
    'POST /api/v1/staff-assignments/sta_1/dismiss': there.decide,
  })
  const assign = async () => {
    await page.get('.assign select').setValue('per_9')
    await page.get('.assign').trigger('submit')
    await settle()
  }
  await assign()
  expect(page.get('.leaders [role="alert"]').text()).toContain('别人刚刚改过分班')
  await assign()
  expect(page.find('.leaders [role="alert"]').exists()).toBe(false)
  await button('撤下何燕')?.trigger('click')
  await settle()
  const dialog = () => page.get('.leaders dialog')
  expect(dialog().text()).toContain('撤下后本班没有助教')
  await dialog().get('form').trigger('submit')
  await settle()
  expect(dialog().text()).toContain('请写明原因')
  expect(seen(made)).toEqual(['"v7"', '"v8"'])
  await dialog().get('textarea').setValue(' 到县里开会 ')
  await dialog().get('form').trigger('submit')
  await settle()
  expect(seen(made)).toEqual(['"v7"', '"v8"', '"v8"'])
  expect(made.filter(({ method }) => method === 'POST').at(-1)?.body).toEqual({ reason: '到县里开会' })
})

test('who was taken from a class stands there with the reason', async () => {
  const gone = {
    name: '何燕',
    role: 'assistant',
    dismissed_by: '陈负责',
    dismissed_at: '2026-11-20T02:00:00Z',
    reason: '到县里开会',
  }
  const there = changing({})
  const { page } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': () => ({
      ...there.served(),
      classes: [{ ...group('cls_1', '1班', []), dismissed: [gone] }],
    }),
  })
  expect(page.get('.leaders').text()).toContain('何燕（助教）由陈负责')
  expect(page.get('.leaders').text()).toContain('到县里开会')
})

test('another mix does not erase what a colleague did meanwhile', async () => {
  const there = changing({ seed: 1 })
  const { page, made, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': there.served,
    'POST /api/v1/trainings/trn_1/allocation': there.decide,
  })
  await button('换一种分法')?.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(page.get('[role="alert"]').text()).toContain('别人刚刚改过分班')
  await button('换一种分法')?.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(seen(made)).toEqual(['"v7"', '"v8"'])
})

test('somebody whom a colleague has just taken from the class stands there no more, and that is said', async () => {
  toasts.value = []
  const leader = { assignment_id: 'asg_1', person_id: 'per_9', name: '李婷', role: 'assistant' }
  const led = { ...group('cls_1', '1班', [learner(1, 'plc_1')]), leaders: [leader] }
  let classes = [led]
  const { page, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': () => ({ ...board, classes }),
    'POST /api/v1/staff-assignments/asg_1/dismiss': () => {
      classes = [{ ...led, leaders: [] }]
      return reply(404, { code: 'not_found', title: '没有找到，或者您无权查看。' })
    },
  })
  await button('撤下李婷')?.trigger('click')
  await settle()
  await page.get('dialog[open] textarea').setValue('另有任务')
  await page.get('dialog[open] form').trigger('submit')
  await settle()
  expect(page.find('dialog[open]').exists()).toBe(false)
  expect(page.find('.leader').exists()).toBe(false)
  expect(toasts.value.at(-1)?.text).toContain('您的决定没有生效')
  page.unmount()
})

test('whoever has no seat yet is offered no full class, and is told why', async () => {
  const twenty = Array.from({ length: 20 }, (_, n) => learner(100 + n, `plc_${100 + n}`))
  const { page, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': {
      ...board,
      classes: [group('cls_1', '1班', twenty), group('cls_2', '2班', [learner(2, 'plc_2')])],
    },
  })
  await button('安排老师3')?.trigger('click')
  await settle()
  const offered = page
    .findAll('dialog option')
    .filter((option) => option.text().includes('班（'))
    .map((option) => [option.text(), option.attributes('disabled') === undefined])
  expect(offered).toEqual([
    ['1班（20 人，已满）', false],
    ['2班（1 人）', true],
  ])
  page.unmount()
})

test.each([
  [
    '安排老师3',
    'POST /api/v1/trainings/trn_1/placements',
    { unplaced: [], classes: [group('cls_1', '1班', [learner(3, 'plc_3')]), group('cls_2', '2班', [])] },
    '刚刚已有人为 老师3 安排了班级',
  ],
  ['移动老师1', 'POST /api/v1/placements/plc_1/move', { state: 'published' }, '不能再移动'],
])('%s: once that is done or over, the dialog closes with a word', async (press, path, change, words) => {
  toasts.value = []
  let now: object = board
  const { page, button } = await open(lead, {
    'GET /api/v1/trainings/trn_1/allocation': () => now,
    'GET /api/v1/placements/plc_1/effect': effect,
    [path]: () => {
      now = { ...board, version: 8, ...change }
      return reply(412, { code: 'edit.conflict', title: '' })
    },
  })
  await button(press)?.trigger('click')
  await settle()
  await page.findAll('dialog select')[0]?.setValue('cls_2')
  await settle()
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(page.find('dialog[open]').exists()).toBe(false)
  expect(toasts.value.at(-1)?.text).toContain(words)
  page.unmount()
})

const training = {
  id: 'trn_1',
  title: '复式教学',
  state: 'closed',
  may: { manage: true },
  org_unit: { name: '' },
}

test('in a training that has ended nobody is taken from a class any more', async () => {
  const leader = { assignment_id: 'asg_1', person_id: 'per_9', name: '李婷', role: 'assistant' }
  const led = { ...group('cls_1', '1班', [learner(1, 'plc_1')]), leaders: [leader] }
  const shown = {
    'GET /api/v1/trainings/trn_1/allocation': { ...board, state: 'published', classes: [led] },
  }
  const over = await open(lead, { ...shown, 'GET /api/v1/trainings/trn_1': training })
  expect(over.page.text()).toContain('李婷')
  expect(over.button('撤下李婷')).toBeUndefined()
  over.page.unmount()
  const runs = await open(lead, {
    ...shown,
    'GET /api/v1/trainings/trn_1': { ...training, state: 'running' },
  })
  await runs.button('撤下李婷')?.trigger('click')
  await settle()
  expect(runs.page.get('dialog[open]').text()).toContain('立即生效')
  expect(runs.page.get('dialog[open]').text()).not.toContain('分班公布后')
  runs.page.unmount()
})
