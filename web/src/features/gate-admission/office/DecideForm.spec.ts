import { afterEach, expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import DecideForm from './DecideForm.vue'
import type { Application } from './queries'

const POST = 'POST /api/v1/trainings/trn_1/applications/decide-many'

function application(id: string, name: string, state: Application['state']): Application {
  const person = { id: `per_${id}`, name }
  return { id, training_id: 'trn_1', training_title: '复式教学', person, state, version: 3 }
}

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
