import { afterEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { answers, settle, showPage } from '@/shared/testing/page'
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
