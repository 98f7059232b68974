import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import AdmitNext from './AdmitNext.vue'

const NEXT = 'GET /api/v1/trainings/trn_1/applications/next-waiting'
const POST = 'POST /api/v1/trainings/trn_1/applications/admit-next'
const waiting = (id: string, name: string) => ({
  id,
  training_id: 'trn_1',
  training_title: '复式教学',
  person: { id: `per_${id}`, name },
  state: 'waitlisted',
  waitlist_place: 1,
  version: 3,
})

async function open() {
  const page = await showPage(AdmitNext, { props: { trainingId: 'trn_1', isFull: false } })
  await page.get('button').trigger('click')
  await settle()
  return page
}

test('the server names who waits longest, and they get the seat', async () => {
  const made = answers({
    [NEXT]: { next: waiting('app_1', '陈小红') },
    [POST]: { application_id: 'app_1', state: 'admitted', seat_no: 60 },
  })
  const page = await open()
  expect(page.get('dialog').text()).toContain('陈小红')
  await page.get('textarea').setValue('有人退出，依次递补')
  await page.get('form').trigger('submit')
  await settle()
  const sent = made.find(({ method }) => method === 'POST')
  expect(sent?.body).toEqual({ application_id: 'app_1', reason: '有人退出，依次递补' })
  expect(sent?.headers.get('If-Match')).toBe('"v3"')
})

test('that it is not known who waits is said, with a way to ask again', async () => {
  let answer: unknown = reply(500, { code: 'internal', title: '出了点问题' })
  answers({ [NEXT]: () => answer })
  const page = await open()
  expect(page.get('dialog [role=alert]').text()).toContain('出了点问题')
  expect(page.find('form').exists()).toBe(false)
  answer = { next: waiting('app_1', '陈小红') }
  await page.get('dialog [role=alert] button').trigger('click')
  await settle()
  expect(page.get('form').text()).toContain('陈小红')
})

test('where nobody waits any more that is said, and there is nothing to send', async () => {
  answers({ [NEXT]: { next: null } })
  const page = await open()
  expect(page.get('dialog').text()).toContain('没有人在候补')
  expect(page.find('form').exists()).toBe(false)
})

test('a reason written for one is not there when another is next', async () => {
  let next = waiting('app_1', '陈小红')
  answers({
    [NEXT]: () => ({ next }),
    [POST]: () => {
      next = waiting('app_2', '周小亮')
      return reply(409, { code: 'gate.waitlist_order', title: '还有人排在前面' })
    },
  })
  const page = await open()
  await page.get('textarea').setValue('陈老师等得最久')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('form').text()).toContain('周小亮')
  expect(page.get('textarea').element.value).toBe('')
  expect(page.get('dialog [role=alert]').text()).toContain('还有人排在前面')
})
