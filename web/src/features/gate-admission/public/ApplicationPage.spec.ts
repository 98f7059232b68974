import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import ApplicationPage from './ApplicationPage.vue'
import { problemsOf, review } from './openSteps'

const notice = {
  training_id: 'trn_1',
  title: '招募学员',
  training_title: '复式教学',
  org_unit_name: '威宁县',
  state: 'open',
  opens_at: '2026-11-02T00:00:00Z',
  closes_at: '2026-12-02T00:00:00Z',
  capacity: 60,
  least_hours: 3,
  starts_on: '2026-12-07',
  weeks: 6,
  time_zone: 'Asia/Shanghai',
  body_html: '<p>欢迎</p>',
  eligibility: [{ key: 'rural', text: '您在教学点任教吗？' }],
  willingness: [],
  pledge: [{ key: 'honest', text: '不挂课时' }],
}
const mine = {
  application_id: 'app_1',
  training_id: 'trn_1',
  training_title: '复式教学',
  starts_on: '2026-12-07',
  ends_on: '2027-01-17',
  time_zone: 'Asia/Shanghai',
  state: 'draft',
  version: 1,
  answers: { eligibility: {}, willingness: {}, hours_a_week: 4, pledge: ['honest'], statement: '' },
  steps: [],
  overlaps: [],
}
const NOTICE = 'GET /api/v1/public/trainings/trn_1/notice'
const MINE = 'GET /api/v1/trainings/trn_1/my-application'
const SAVE = 'PUT /api/v1/trainings/trn_1/my-application'
const SUBMIT = 'POST /api/v1/trainings/trn_1/my-application/submit'

type Page = Awaited<ReturnType<typeof showPage>>

function press(page: Page, words: string) {
  const button = page.findAll('button').find((one) => one.text() === words)
  if (!button) throw new Error(`no button ${words} in ${page.text()}`)
  return button.trigger(button.attributes('type') === 'submit' ? 'submit' : 'click')
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

test('what is typed is saved after a pause, with the version that was read', async () => {
  const made = answers({ [NOTICE]: notice, [MINE]: mine, [SAVE]: { ...mine, version: 2 } })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await page.get('input[value="yes"]').setValue(true)
  expect(made.some((request) => request.method === 'PUT')).toBe(false)
  await vi.advanceTimersByTimeAsync(1_100)
  await settle()
  const put = made.find((request) => request.method === 'PUT')
  expect(put?.headers.get('if-match')).toBe('"v1"')
  expect(put?.body).toMatchObject({ eligibility: { rural: true }, hours_a_week: 4 })
  expect(page.text()).toContain('已保存')
})

test('without a network it says so and saves when the network is back', async () => {
  const table: Record<string, unknown> = { [NOTICE]: notice, [MINE]: mine }
  const made = answers(table)
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await page.get('input[value="yes"]').setValue(true)
  await vi.advanceTimersByTimeAsync(1_100)
  await settle()
  expect(page.text()).toContain('已存在本机')
  table[SAVE] = { ...mine, version: 2 }
  window.dispatchEvent(new Event('online'))
  await settle()
  expect(made.filter((request) => request.method === 'PUT')).toHaveLength(2)
  expect(page.text()).toContain('已保存')
})

test('another device’s changes are never overwritten silently', async () => {
  const saved: [string | null, unknown][] = []
  const there = { ...mine, version: 5, answers: { ...mine.answers, statement: '在家里电脑上写的' } }
  answers({
    [NOTICE]: notice,
    [MINE]: () => (saved.length === 0 ? mine : there),
    [SAVE]: async (request: Request) => {
      const answers = (await request.json()) as typeof mine.answers
      saved.push([request.headers.get('if-match'), answers])
      return saved.length === 1
        ? reply(412, { code: 'edit.conflict', title: '别处刚刚改过' })
        : { ...mine, version: 6, answers }
    },
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await page.get('input[value="yes"]').setValue(true)
  await vi.advanceTimersByTimeAsync(1_100)
  await settle()
  // Each changed another answer: both are kept.
  expect(page.text()).toContain('另一台设备或另一个人改过')
  expect(saved.map(([version]) => version)).toEqual(['"v1"', '"v5"'])
  expect(saved[0]?.[1]).toEqual({ ...(saved[1]?.[1] as object), statement: mine.answers.statement })
  expect(saved[1]?.[1]).toMatchObject({ statement: '在家里电脑上写的' })
  expect(page.text()).toContain('已保存')
})

test('the last step names what is open, and hands in when nothing is', async () => {
  const made = answers({
    [NOTICE]: notice,
    [MINE]: mine,
    [SAVE]: { ...mine, version: 2 },
    [SUBMIT]: {
      ...mine,
      state: 'submitted',
      version: 3,
      steps: [{ kind: 'submitted', reason: '', at: '2026-11-03T00:00:00Z' }],
    },
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  for (let step = 0; step < 3; step += 1) {
    await page.get('form').trigger('submit')
    await settle()
  }
  expect(page.text()).toContain('还有 1 处要填写或修改')
  await press(page, '去填写：参训条件')
  await page.get('input[value="yes"]').setValue(true)
  for (let step = 0; step < 3; step += 1) {
    await page.get('form').trigger('submit')
    await settle()
  }
  await press(page, '提交报名')
  await settle()
  expect(made.map((request) => request.method)).toContain('POST')
  expect(page.text()).toContain('等待学校推荐')
})

async function goToCheck(page: Page) {
  for (let step = 0; step < 4 && !page.text().includes('提交报名'); step += 1) {
    await page.get('form').trigger('submit')
    await settle()
  }
}

test('too few hours are told where they are typed, as what they are', async () => {
  answers({ [NOTICE]: notice, [MINE]: mine, [SAVE]: { ...mine, version: 2 } })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await page.get('form').trigger('submit')
  await settle()
  const hours = page.get('input[type=number]')
  await hours.setValue('2')
  await hours.trigger('change')
  expect(page.text()).toContain('低于要求的每周 3 小时')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('h2').text()).toBe('时间投入')
  await hours.setValue('3')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('h2').text()).toBe('参训承诺')
})

test('the last step shows every answer, and names few hours of an older draft as few, not as empty', async () => {
  const few = { ...mine, answers: { ...mine.answers, eligibility: { rural: false }, hours_a_week: 2 } }
  answers({ [NOTICE]: { ...notice, least_hours: 2 }, [MINE]: few, [SAVE]: few })
  const enough = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await goToCheck(enough)
  expect(enough.text()).toContain('您在教学点任教吗？否')
  expect(enough.text()).toContain('都填好了')

  const reviewed = review(notice as never, few.answers as never)
  expect(problemsOf(reviewed, [])).toEqual({ '/hours_a_week': '低于要求的每周 3 小时，这样不能提交' })
  const empty = review(notice as never, { ...few.answers, hours_a_week: null } as never)
  expect(problemsOf(empty, [])).toEqual({ '/hours_a_week': '还没有填写' })
})

test('an answer that the server refused is named in the check and at its step, until it is another one', async () => {
  const no = { ...mine, answers: { ...mine.answers, eligibility: { rural: false } } }
  const detail = '按照这一项，您不在本次培训的对象范围内。'
  answers({
    [NOTICE]: notice,
    [MINE]: no,
    [SAVE]: { ...no, version: 2 },
    [SUBMIT]: reply(422, {
      code: 'gate.not_met',
      title: '还不能提交',
      errors: [{ pointer: '/eligibility/rural', code: 'not_eligible', detail }],
    }),
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await goToCheck(page)
  await press(page, '提交报名')
  await settle()
  expect(page.get('section[aria-label="参训条件"]').text()).toContain(detail)
  await press(page, '去修改：参训条件')
  await settle()
  expect(page.get('fieldset').text()).toContain(detail)
  await page.get('input[value="yes"]').setValue(true)
  expect(page.text()).not.toContain(detail)
})

test('a decision is shown with its reason', async () => {
  answers({
    [NOTICE]: notice,
    [MINE]: {
      ...mine,
      state: 'waitlisted',
      waitlist_place: 3,
      steps: [{ kind: 'waitlisted', reason: '名额已满，按顺序递补', at: '2026-11-05T00:00:00Z' }],
    },
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  expect(page.text()).toContain('第 3 位')
  expect(page.text()).toContain('名额已满，按顺序递补')
})

const WAYS = ['撤回报名', '退出培训']

test.each([
  ...(['submitted', 'recommended', 'waitlisted'] as const).flatMap((state) =>
    ['preparing', 'running'].map((training_state) => ({ state, training_state, ways: ['撤回报名'] })),
  ),
  { state: 'admitted', training_state: 'preparing', ways: ['撤回报名'] },
  { state: 'admitted', training_state: 'running', ways: ['退出培训'] },
  { state: 'admitted', training_state: 'closed', ways: [] },
  { state: 'rejected', training_state: 'preparing', ways: [] },
  { state: 'withdrawn', training_state: 'running', ways: [] },
])('$state, in a training that is $training_state: $ways', async ({ ways, ...rest }) => {
  answers({ [NOTICE]: { ...notice, state: 'closed' }, [MINE]: { ...mine, ...rest } })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  const offered = page.findAll('button').map((button) => button.text())
  expect(offered.filter((text) => WAYS.includes(text))).toEqual(ways)
})

test('a training that began while the page stood open is left, not withdrawn from', async () => {
  let training_state = 'preparing'
  answers({
    [NOTICE]: { ...notice, state: 'closed' },
    [MINE]: () => ({ ...mine, state: 'admitted', training_state }),
    'POST /api/v1/trainings/trn_1/my-application/withdraw': () => {
      training_state = 'running'
      return reply(409, { code: 'gate.training_began', title: '培训已经开始，不能再撤回报名。' })
    },
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await press(page, '撤回报名')
  asked.value?.answer(true)
  await settle()
  expect(page.get('[role=alert]').text()).toContain('培训已经开始')
  const offered = page.findAll('button').map((button) => button.text())
  expect(offered.filter((text) => WAYS.includes(text))).toEqual(['退出培训'])
})

test.each([
  { how: 'withdrawn', kind: 'withdrawn', tag: '已撤回' },
  { how: 'left', kind: 'left', tag: '已退出' },
  { how: 'ended by the lead', kind: 'removed', tag: '已终止' },
])('an application that was $how says so, and offers nothing after the period', async ({ kind, tag }) => {
  const steps = [
    { kind: 'submitted', reason: '', at: '2026-11-03T00:00:00Z' },
    { kind, reason: '调动', at: '2026-11-05T00:00:00Z' },
  ]
  for (const state of ['open', 'closed']) {
    answers({ [NOTICE]: { ...notice, state }, [MINE]: { ...mine, state: 'withdrawn', steps } })
    const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
    expect(page.get('.tag').text()).toBe(tag)
    expect(page.text().includes('报名期内可以重新填写')).toBe(state === 'open')
    page.unmount()
  }
})

test.each([
  { training_state: 'preparing', said: '开班后进入' },
  { training_state: 'running', said: '已经开班' },
  { training_state: 'closed', said: '培训已经结束' },
])('who is admitted reads where a training that is $training_state stands', async ({ said, ...training }) => {
  answers({ [NOTICE]: notice, [MINE]: { ...mine, state: 'admitted', seat_no: 7, ...training } })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  expect(page.text()).toContain('席位号是 7')
  expect(page.text()).toContain(said)
})

test('what was typed here of an application that another device has handed in stays to be read', async () => {
  const value = { ...mine.answers, statement: '我写了一半的说明' }
  const kept = { version: 1, value, base: mine.answers, tried: [] }
  await keepDraft('application:trn_1', kept)
  answers({ [NOTICE]: notice, [MINE]: { ...mine, state: 'submitted', version: 3 } })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await expect.poll(() => page.get('.written').text()).toContain('我写了一半的说明')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

const full = { ...mine.answers, eligibility: { rural: true } }

test('handing in what was changed elsewhere meanwhile shows the newest and says that it was not handed in', async () => {
  let stored: object = { ...mine, answers: full }
  const made = answers({
    [NOTICE]: notice,
    [MINE]: () => stored,
    [SUBMIT]: (request: Request) =>
      request.headers.get('If-Match') === '"v2"'
        ? { ...stored, state: 'submitted', version: 3 }
        : reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' }),
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await goToCheck(page)
  stored = { ...mine, version: 2, answers: { ...full, statement: '在家里电脑上写的' } }
  await press(page, '提交报名')
  await settle()
  expect(page.text()).toContain('没有提交')
  expect(page.text()).toContain('在家里电脑上写的')
  expect(page.text()).not.toContain('刷新')
  await press(page, '提交报名')
  await settle()
  expect(made.filter(({ method }) => method === 'POST')).toHaveLength(2)
  expect(page.text()).toContain('等待学校推荐')
})

test('handing in what another device has handed in already shows that it is handed in', async () => {
  let stored: object = { ...mine, answers: full }
  answers({
    [NOTICE]: notice,
    [MINE]: () => stored,
    [SUBMIT]: reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' }),
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await goToCheck(page)
  const step = { kind: 'submitted', reason: '', at: '2026-11-03T00:00:00Z' }
  stored = { ...mine, answers: full, state: 'submitted', version: 2, steps: [step] }
  await press(page, '提交报名')
  await settle()
  expect(page.text()).toContain('等待学校推荐')
})

test('why it was not handed in is said until something else is typed', async () => {
  const stored = { ...mine, answers: full }
  answers({
    [NOTICE]: notice,
    [MINE]: stored,
    [SAVE]: { ...stored, version: 2 },
    [SUBMIT]: reply(409, { code: 'gate.closed', title: '报名已经截止' }),
  })
  const page = await showPage(ApplicationPage, { props: { trainingId: 'trn_1' } })
  await goToCheck(page)
  await press(page, '提交报名')
  await settle()
  expect(page.text()).toContain('报名已经截止')
  await press(page, '上一步')
  await page.get('input[type=checkbox]').setValue(false)
  await page.get('input[type=checkbox]').setValue(true)
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('提交报名')
  expect(page.text()).not.toContain('报名已经截止')
})
