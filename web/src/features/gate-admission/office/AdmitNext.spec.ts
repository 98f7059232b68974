import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
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

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
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

test('a reason outlives a killed tab, for this one alone, until they have the seat', async () => {
  let next = waiting('app_1', '陈小红')
  answers({
    [NEXT]: () => ({ next }),
    [POST]: { application_id: 'app_1', state: 'admitted', seat_no: 60 },
  })
  const typed = async () => {
    const page = await open()
    const text = page.get('textarea').element.value
    page.unmount()
    return text
  }
  const first = await open()
  await first.get('textarea').setValue('有人退出，依次递补')
  first.unmount()
  await expect.poll(typed).toBe('有人退出，依次递补')
  next = waiting('app_2', '周小亮')
  expect(await typed()).toBe('')
  next = waiting('app_1', '陈小红')
  const again = await open()
  await expect.poll(() => again.get('textarea').element.value).toBe('有人退出，依次递补')
  await again.get('form').trigger('submit')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('the same reason for whoever is next instead is another action', async () => {
  let next = waiting('app_1', '陈小红')
  const made = answers({ [NEXT]: () => ({ next }) })
  const send = async () => {
    const page = await open()
    await page.get('textarea').setValue('依次递补')
    await page.get('form').trigger('submit')
    await settle()
    page.unmount()
  }
  await send()
  await send()
  next = waiting('app_2', '周小亮')
  await send()
  next = { ...waiting('app_1', '陈小红'), version: 4 }
  await send()
  const keys = made
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys).toHaveLength(4)
  expect(keys[0]).toBe(keys[1])
  expect(new Set(keys).size).toBe(3)
})
