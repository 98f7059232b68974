import type { QueryClient } from '@tanstack/vue-query'
import { expect, test } from 'vitest'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { all, isForgetful, keep } from '@/shared/outbox/db'
import { hearTime } from '@/shared/lib/serverClock'
import { keepOnDevice } from '@/shared/query/client'
import { asked } from '@/shared/ui/useConfirm'
import { toasts } from '@/shared/ui/useToast'
import { reply, settle, showPage } from '@/shared/testing/page'
import TestPage from './TestPage.vue'
import { attempt, graded, now, open, press, intro } from './testAttempt'

test('a test is taken question by question and shows its result with explanations', async () => {
  const { made, page: opening } = open({
    'PUT /api/v1/attempts/att_1/answers': { answers: [], deadline: attempt.deadline, now },
    'POST /api/v1/attempts/att_1/submit': graded,
  })
  const page = await opening
  expect(page.text()).toContain('2 道题，共 20 分')
  await press(page, '开始作答')
  expect(page.text()).toContain('第 1 题，共 2 题')
  expect(page.text()).not.toContain('哪些事')

  await page.find('input[value="b"]').trigger('change')
  await settle()
  await expect.poll(() => made.some((request) => request.method === 'PUT')).toBe(true)
  expect(made.find((request) => request.method === 'PUT')?.body).toMatchObject({
    answers: [{ item_id: 'itm_1', chosen: ['b'] }],
  })
  await press(page, '下一题')
  await press(page, '检查并交卷')
  expect(page.text()).toContain('还有 1 题没有作答')
  await press(page, '交卷')
  asked.value?.answer(true)
  await settle()
  await expect.poll(() => page.text()).toContain('10 / 20 分')
  expect(page.text()).toContain('一位老师，两个年级。')
  expect(page.text()).toContain('正确答案：领读；发本子')
  const submitted = made.find((request) => request.path.endsWith('/submit'))
  // What has arrived may be another device's by now: it is not sent again.
  expect(submitted?.body).toEqual({ answers: [] })
})

test('a result below the minimum says what is asked for and what is left, and the next attempt comes first', async () => {
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': {
      ...intro,
      attempts: [{ ...attempt, submitted_at: now, score: 1000, most: 2000 }],
    },
    'GET /api/v1/attempts/att_1': graded,
    'GET /api/v1/tasks/tsk_1': {
      id: 'tsk_1',
      class_id: 'cls_1',
      phase: 'open',
      is_asked: true,
      state: 'below_minimum',
      test: { score: 5000, minimum: 60, attempts_left: 1 },
    },
  })
  const page = await opening
  expect(page.text()).toContain('最好成绩 50 分，要求 60 分。 还可以做 1 次。')
  await press(page, '10 / 20 分')
  await expect.poll(() => page.text()).toContain('最好成绩 50 分，要求 60 分。 还可以做 1 次。')
  expect(page.findAll('.primary').map((one) => one.text())).toEqual(['再做一次'])
})

test.each([
  { phase: 'closed', is_asked: false, attempts_left: 1 },
  { phase: 'open', is_asked: false, attempts_left: 0 },
])(
  'a result below the minimum offers no attempt that cannot be made: %o',
  async ({ attempts_left, ...rest }) => {
    const { page: opening } = open({
      'GET /api/v1/tasks/tsk_1/test': {
        ...intro,
        attempts: [{ ...attempt, submitted_at: now, score: 1000, most: 2000 }],
      },
      'GET /api/v1/attempts/att_1': graded,
      'GET /api/v1/tasks/tsk_1': {
        id: 'tsk_1',
        class_id: 'cls_1',
        state: 'below_minimum',
        test: { score: 5000, minimum: 60, attempts_left },
        ...rest,
      },
    })
    const page = await opening
    await press(page, '10 / 20 分')
    await expect.poll(() => page.text()).toContain('最好成绩 50 分')
    expect(page.text()).not.toContain('还可以做')
    expect(page.text()).not.toContain('再做一次')
  },
)

test('a result that is enough leads on to the next task', async () => {
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': {
      ...intro,
      attempts: [{ ...attempt, submitted_at: now, score: 1000, most: 2000 }],
    },
    'GET /api/v1/attempts/att_1': graded,
    'GET /api/v1/tasks/tsk_1': {
      id: 'tsk_1',
      class_id: 'cls_1',
      state: 'done',
      test: { score: 5000, minimum: 50, attempts_left: 1 },
    },
    'GET /api/v1/classes/cls_1/this-week': {
      list: { tasks: [{ id: 'tsk_2', title: '读：三本账', title_en: '', minutes: 12 }] },
      make_up: [],
      next: { kind: 'task', task_id: 'tsk_2' },
    },
  })
  const page = await opening
  await press(page, '10 / 20 分')
  await expect.poll(() => page.findAll('.primary').map((one) => one.text())).toEqual(['做下一项'])
  expect(page.text()).toContain('达到要求的 50 分')
})

test('while another attempt may be made, the result says when the right answers come', async () => {
  const kept = graded.result.items.map((item) => ({ ...item, right: null, explanation: null }))
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': {
      ...intro,
      attempts: [{ ...attempt, submitted_at: now, score: 1000, most: 2000 }],
    },
    'GET /api/v1/attempts/att_1': {
      ...graded,
      result: { ...graded.result, items: kept, answers_from: '2026-11-15T16:00:00Z' },
    },
  })
  const page = await opening
  await press(page, '10 / 20 分')
  expect(page.text()).toContain('作答次数用完后显示正确答案和解析，最迟 2026年11月16日 00:00 显示。')
  expect(page.text()).not.toContain('正确答案：')
})

test('answers without a network wait on the device and are there again', async () => {
  const { page: opening } = open({})
  const page = await opening
  await press(page, '开始作答')
  await page.find('input[value="a"]').trigger('change')
  await settle()
  await expect.poll(() => page.text()).toContain('答案已存在本机')
  expect(useOutbox().items.filter((item) => item.url === '/api/v1/attempts/att_1/answers')).toHaveLength(1)
  page.unmount()

  const again = await showPage(TestPage, { props: { paperId: 'pap_1' }, at: '/?task=tsk_1' })
  await press(again, '开始作答')
  await press(again, '上一题')
  await expect.poll(() => (again.find('input[value="a"]').element as HTMLInputElement).checked).toBe(true)
})

test('submitting brings what has not arrived yet', async () => {
  const { made, page: opening } = open({ 'POST /api/v1/attempts/att_1/submit': graded })
  const page = await opening
  await press(page, '开始作答')
  await press(page, '上一题')
  await page.find('input[value="b"]').trigger('change')
  await settle()
  await press(page, '下一题')
  await press(page, '检查并交卷')
  await press(page, '交卷')
  asked.value?.answer(true)
  await expect.poll(() => page.text()).toContain('10 / 20 分')
  const submitted = made.find((request) => request.path.endsWith('/submit'))
  expect(submitted?.body).toMatchObject({ answers: [{ item_id: 'itm_1', chosen: ['b'] }] })
  expect(useOutbox().items).toHaveLength(0)
})

test('what another device answered since comes with the next save, is shown, and is said', async () => {
  const stored = [
    { item_id: 'itm_1', version: 2, chosen: ['b'] },
    { item_id: 'itm_2', version: 3, chosen: ['c'] },
  ]
  const begun = { ...attempt, answers: [{ item_id: 'itm_1', version: 1, chosen: ['a'] }] }
  const { made, page: opening } = open({
    'GET /api/v1/attempts/att_1': begun,
    'PUT /api/v1/attempts/att_1/answers': { answers: stored, deadline: attempt.deadline, now },
  })
  const page = await opening
  await press(page, '开始作答')
  const isChosen = (value: string) =>
    (page.find(`input[value="${value}"]`).element as HTMLInputElement).checked
  await press(page, '上一题')
  expect(isChosen('a')).toBe(true)
  await press(page, '下一题')
  await page.find('input[value="c"]').setValue(true)
  await expect.poll(() => toasts.value.some(({ text }) => text.includes('改了第 1 题'))).toBe(true)
  const [sent] = (made.find((request) => request.method === 'PUT')?.body as { answers: object[] }).answers
  expect(sent).toMatchObject({ page: expect.any(String) as string, seq: expect.any(Number) as number })
  await press(page, '上一题')
  expect(isChosen('b')).toBe(true)
})

test('an answer in a test takes nothing from what the device keeps', async () => {
  const { page: opening } = open({
    'PUT /api/v1/attempts/att_1/answers': {
      answers: [{ item_id: 'itm_1', version: 1, chosen: ['a'] }],
      deadline: attempt.deadline,
      now,
    },
  })
  const page = await opening
  const client = page.vm.$.appContext.provides['VUE_QUERY_CLIENT'] as QueryClient
  await keep('kept', { key: 'per_wang/week', user: 'per_wang', queryKey: ['week'], data: 1, at: 1 })
  const forget = keepOnDevice(client, () => 'per_wang')
  await press(page, '开始作答')
  await page.find('input[value="a"]').trigger('change')
  const ofAttempt = async () => (await all('kept', 'per_wang')).find(({ key }) => key.includes('att_1'))
  await expect
    .poll(async () => ((await ofAttempt())?.data as typeof attempt | undefined)?.answers)
    .toMatchObject([{ item_id: 'itm_1', chosen: ['a'] }])
  expect((await all('kept', 'per_wang')).map(({ key }) => key)).toContain('per_wang/week')
  expect(isForgetful.value).toBe(false)
  forget()
})

test('a server time in a header that is hours ahead submits nothing and stops nobody', async () => {
  const running = { ...attempt, minutes: 15, deadline: '2026-11-03T01:15:00Z' }
  const { made, page: opening } = open({
    'GET /api/v1/attempts/att_1': () => {
      hearTime('Tue, 03 Nov 2026 09:00:00 GMT')
      return running
    },
  })
  const page = await opening
  await press(page, '开始作答')
  hearTime('Tue, 03 Nov 2026 09:00:00 GMT')
  await settle()
  expect(page.text()).toContain('剩余 15:00')
  expect(page.find('input[value="a"]').attributes('disabled')).toBeUndefined()
  expect(made.some((request) => request.path.endsWith('/submit'))).toBe(false)
})

test('an answer says when it was chosen, by the time at the server', async () => {
  const { made, page: opening } = open({
    'PUT /api/v1/attempts/att_1/answers': { answers: [], late_answers: [], deadline: attempt.deadline, now },
  })
  const page = await opening
  await press(page, '开始作答')
  await page.find('input[value="b"]').trigger('change')
  await expect.poll(() => made.some((request) => request.method === 'PUT')).toBe(true)
  const body = made.find((request) => request.method === 'PUT')?.body as { answers: { chosen_at: string }[] }
  const since = Date.parse(body.answers[0]?.chosen_at ?? '') - Date.parse(now)
  expect(since).toBeGreaterThanOrEqual(0)
  expect(since).toBeLessThan(60_000)
})

test('whoever goes on with a test begins at the first question without an answer', async () => {
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': { ...intro, attempts: [{ id: 'att_1', number: 1 }] },
    'GET /api/v1/attempts/att_1': {
      ...attempt,
      answers: [{ item_id: 'itm_1', version: 1, chosen: ['b'] }],
    },
  })
  const page = await opening
  await press(page, '继续作答')
  expect(page.text()).toContain('第 2 题，共 2 题')
})

test('a closed test says so and cannot be begun', async () => {
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': { ...intro, closed: 'task_board.week_closed' },
  })
  const page = await opening
  expect(page.text()).toContain('这一周已经结束')
  expect(page.text()).not.toContain('领取')
  expect(page.findAll('button').some((button) => button.text().includes('开始'))).toBe(false)
})

test('what was chosen is kept with the attempt: a page that begins anew without a network shows it', async () => {
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': { ...intro, attempts: [{ id: 'att_1', number: 1 }] },
    'PUT /api/v1/attempts/att_1/answers': { answers: [], deadline: attempt.deadline, now },
  })
  const page = await opening
  await press(page, '继续作答')
  await page.find('input[value="a"]').trigger('change')
  const client = page.vm.$.appContext.provides['VUE_QUERY_CLIENT'] as QueryClient
  const kept = () => client.getQueryData<typeof attempt>(['assessment', 'attempt', 'att_1'])
  await expect.poll(() => kept()?.answers).toMatchObject([{ item_id: 'itm_1', chosen: ['a'] }])
})

test('beginning another test is another action than beginning this one, whose answer was lost', async () => {
  const { made, page: opening } = open({
    'POST /api/v1/test-papers/pap_1/attempts': reply(503),
    'POST /api/v1/test-papers/pap_2/attempts': reply(503),
  })
  const page = await opening
  await press(page, '开始')
  await press(page, '开始')
  await page.setProps({ paperId: 'pap_2' })
  await press(page, '开始')
  const keys = made
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys).toHaveLength(3)
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})
