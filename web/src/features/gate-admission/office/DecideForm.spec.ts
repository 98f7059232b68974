import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { toasts } from '@/shared/ui/useToast'
import ApplicationDetail from './ApplicationDetail.vue'
import DecideForm from './DecideForm.vue'
import type { Application } from './queries'

const POST = 'POST /api/v1/trainings/trn_1/applications/decide-many'

function application(id: string, name: string, state: Application['state']): Application {
  const person = { id: `per_${id}`, name }
  return { id, training_id: 'trn_1', training_title: '复式教学', person, state, version: 3 }
}

/** An application with the form under it, as the admissions page shows it. */
const DecidedOn = defineComponent({
  setup: () => () =>
    h(
      ApplicationDetail,
      { applicationId: 'app_1' },
      {
        default: (shown: { application: Application }) =>
          h(DecideForm, { trainingId: 'trn_1', applications: [shown.application] }),
      },
    ),
})

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

afterEach(() => {
  document.body.innerHTML = ''
})

test('who could not be decided is named with the reason', async () => {
  const made = answers({
    [POST]: {
      items: [
        { application_id: 'app_1', state: 'admitted', seat_no: 60 },
        { application_id: 'app_2', problem: { code: 'gate.full', title: '60 个名额已满，可以列入候补。' } },
      ],
    },
  })
  const applications = [
    application('app_1', '王秀兰', 'recommended'),
    application('app_2', '陈小红', 'recommended'),
  ]
  const form = await showPage(DecideForm, { props: { trainingId: 'trn_1', applications } })
  await form.get('form').trigger('submit')
  expect(made).toHaveLength(0)
  await form.get('textarea').setValue('材料齐全')
  await form.get('form').trigger('submit')
  await settle()
  expect(made[0]?.body).toEqual({
    applications: [
      { application_id: 'app_1', version: 3 },
      { application_id: 'app_2', version: 3 },
    ],
    decision: 'admit',
    reason: '材料齐全',
  })
  expect(form.text()).toContain('1 人已处理')
  expect(form.text()).toContain('陈小红：60 个名额已满')
})

test.each([
  ['submitted', ['不录取']],
  ['recommended', ['录取', '列入候补', '不录取']],
  ['waitlisted', ['录取', '不录取']],
  ['admitted', []],
] as const)('an application that is %s offers %j', async (state, words) => {
  answers({})
  const applications = [application('app_1', '王秀兰', state)]
  const form = await showPage(DecideForm, { props: { trainingId: 'trn_1', applications } })
  expect(form.findAll('label.choice').map((label) => label.text())).toEqual(words)
})

test('of many, the one that has just changed is named with words of a decision', async () => {
  answers({
    [POST]: {
      items: [
        { application_id: 'app_1', state: 'admitted', seat_no: 60 },
        {
          application_id: 'app_2',
          problem: { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' },
        },
      ],
    },
  })
  const applications = [
    application('app_1', '王秀兰', 'recommended'),
    application('app_2', '陈小红', 'recommended'),
  ]
  const form = await showPage(DecideForm, { props: { trainingId: 'trn_1', applications } })
  await form.get('textarea').setValue('材料齐全')
  await form.get('form').trigger('submit')
  await settle()
  expect(form.text()).toContain('陈小红：这份报名刚刚有变化，没有处理')
  expect(form.text()).not.toContain('保存')
})

test('what changed meanwhile is fetched by itself: the reason stays, the words are those of a decision', async () => {
  const conflict = { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' }
  const one = {
    ...application('app_1', '王秀兰', 'recommended'),
    answers: { eligibility: {}, willingness: {}, pledge: [], statement: '' },
    eligibility: [],
    willingness: [],
    pledge: [],
    steps: [],
    threshold: 0,
  }
  let state = one
  const made = answers({
    'GET /api/v1/applications/app_1': () => state,
    [POST]: () => {
      const isOld = state === one
      state = { ...one, state: 'waitlisted', version: 4 }
      const row = isOld ? { problem: conflict } : { state: 'admitted', seat_no: 7 }
      return { items: [{ application_id: 'app_1', ...row }] }
    },
  })
  const page = await showPage(DecidedOn, { props: {} })
  await settle()
  await page.get('textarea').setValue('材料齐全')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('请重新核对后再决定')
  expect(page.text()).not.toContain('保存')
  expect(page.text()).toContain('候补')
  expect(page.get('textarea').element.value).toBe('材料齐全')
  expect(page.findAll('label.choice').map((label) => label.text())).toEqual(['录取', '不录取'])
  await page.get('form').trigger('submit')
  await settle()
  const sent = made.filter(({ method }) => method === 'POST').map(({ body }) => body)
  expect(sent).toMatchObject([
    { applications: [{ application_id: 'app_1', version: 3 }] },
    { applications: [{ application_id: 'app_1', version: 4 }] },
  ])
})

test('who comes second to a decision is told how it stands, though nothing is left to decide', async () => {
  toasts.value = []
  const one = {
    ...application('app_1', '王秀兰', 'recommended'),
    answers: { eligibility: {}, willingness: {}, pledge: [], statement: '' },
    eligibility: [],
    willingness: [],
    pledge: [],
    steps: [],
    threshold: 0,
  }
  let state: object = one
  answers({
    'GET /api/v1/applications/app_1': () => state,
    [POST]: () => {
      state = { ...one, state: 'admitted', version: 4 }
      return { items: [{ application_id: 'app_1', problem: { code: 'gate.wrong_state', title: '不允许' } }] }
    },
  })
  const page = await showPage(DecidedOn, { props: {} })
  await settle()
  await page.get('textarea').setValue('材料齐全')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.find('form').exists()).toBe(false)
  expect(toasts.value.map(({ text }) => text)).toEqual(['您的决定没有生效：刚刚已有人处理，现在是“已录取”。'])
})

test('whoever must be admitted before those who wait longer is admitted for a reason that stays', async () => {
  const one = {
    ...application('app_1', '王秀兰', 'recommended'),
    answers: { eligibility: {}, willingness: {}, pledge: [], statement: '' },
    eligibility: [],
    willingness: [],
    pledge: [],
    steps: [],
    threshold: 0,
  }
  const made = answers({
    'GET /api/v1/applications/app_1': one,
    [POST]: {
      items: [{ application_id: 'app_1', problem: { code: 'gate.waitlist_order', title: '还有人在等' } }],
    },
    'POST /api/v1/applications/app_1/decide': { application_id: 'app_1', state: 'admitted', seat_no: 3 },
  })
  const page = await showPage(DecidedOn, { props: {} })
  await settle()
  expect(page.text()).not.toContain('不按候补顺序')
  await page.get('textarea').setValue('该教学点只有一名教师')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('还有人在等')
  await page.get('input[type=checkbox]').setValue(true)
  await page.get('form').trigger('submit')
  await settle()
  const last = made.filter(({ method }) => method === 'POST').at(-1)
  expect(last?.body).toEqual({ decision: 'admit', reason: '该教学点只有一名教师', ahead_of_waitlist: true })
  expect(last?.headers.get('If-Match')).toBe('"v3"')
})

test('whom a decision for chosen rows is about stands above it', async () => {
  answers({})
  const names = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬']
  const applications = names.map((name, at) => application(`app_${at}`, name, 'recommended'))
  const props = { trainingId: 'trn_1', naming: true }
  const many = await showPage(DecideForm, { props: { ...props, applications } })
  expect(many.text()).toContain('对 9 人：甲、乙、丙、丁、戊、己、庚、辛 等')
  const one = await showPage(DecideForm, { props: { ...props, applications: applications.slice(0, 1) } })
  expect(one.text()).toContain('对 1 人：甲')
})

const reasonFor = async (...applications: Application[]) => {
  const form = await showPage(DecideForm, { props: { trainingId: 'trn_1', applications } })
  await settle()
  return form
}

test('a reason outlives a killed tab, for those it was written for alone, until they are decided on', async () => {
  const [one, other] = [
    application('app_7', '王秀兰', 'recommended'),
    application('app_8', '陈小红', 'recommended'),
  ]
  answers({ [POST]: { items: [{ application_id: 'app_7', state: 'admitted', seat_no: 1 }] } })
  const typed = async (...applications: Application[]) => {
    const form = await reasonFor(...applications)
    const text = form.get('textarea').element.value
    form.unmount()
    return text
  }
  const first = await reasonFor(one)
  await first.findAll('input[type=radio]')[2]?.setValue()
  await first.get('textarea').setValue('名额先给没有参加过的老师')
  first.unmount()
  await expect.poll(() => typed(one)).toBe('名额先给没有参加过的老师')
  expect(await typed(other)).toBe('')
  expect(await typed(one, other)).toBe('')
  const again = await reasonFor(one)
  expect(again.get<HTMLInputElement>('input:checked').element).toBe(
    again.findAll<HTMLInputElement>('input[type=radio]')[2]?.element,
  )
  await again.get('form').trigger('submit')
  await settle()
  again.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  expect(await typed(one)).toBe('')
})

test('the same reason about an application that has changed since is another decision', async () => {
  const made = answers({})
  const first = await reasonFor(application('app_9', '王秀兰', 'recommended'))
  await first.get('textarea').setValue('材料齐全')
  await first.get('form').trigger('submit')
  await settle()
  await first.get('form').trigger('submit')
  await settle()
  first.unmount()
  const again = await reasonFor({ ...application('app_9', '王秀兰', 'recommended'), version: 4 })
  await expect.poll(() => again.get('textarea').element.value).toBe('材料齐全')
  await again.get('form').trigger('submit')
  await settle()
  const [one, two, three] = made
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers.get('Idempotency-Key'))
  expect(one).toBe(two)
  expect(three).not.toBe(one)
})

test('a choice that is open no more is not the one that comes back', async () => {
  answers({})
  await keepDraft('decide:app_6', { values: { decision: 'waitlist', reason: '再等等' } })
  const form = await reasonFor(application('app_6', '王秀兰', 'waitlisted'))
  await expect.poll(() => form.get('textarea').element.value).toBe('再等等')
  expect(form.get<HTMLInputElement>('input:checked').element.value).toBe('admit')
})

test('a reason for somebody who was decided on by others stays to be read and given up', async () => {
  answers({})
  await keepDraft('decide:app_5', { values: { decision: 'reject', reason: '教龄不够' } })
  const form = await reasonFor(application('app_5', '王秀兰', 'admitted'))
  await expect.poll(() => form.text()).toContain('教龄不够')
  expect(form.find('form').exists()).toBe(false)
  await form
    .findAll('button')
    .find((one) => one.text() === '删除')
    ?.trigger('click')
  asked.value?.answer(true)
  await expect.poll(() => form.text()).not.toContain('教龄不够')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})
