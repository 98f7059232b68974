import { expect, test } from 'vitest'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { asked } from '@/shared/ui/useConfirm'
import { settle, showPage } from '@/shared/testing/page'
import TestPage from './TestPage.vue'
import { attempt, graded, now, open, press, intro } from './testAttempt'

test('a page whose time is over asks the server, and goes on by its time when there is some left', async () => {
  const over = { ...attempt, minutes: 15, now: '2026-11-03T01:14:59.990Z', deadline: '2026-11-03T01:15:00Z' }
  const told = { answers: [], late_answers: [], deadline: over.deadline, now: '2026-11-03T01:03:00Z' }
  const { made, page: opening } = open({
    'GET /api/v1/attempts/att_1': over,
    'PUT /api/v1/attempts/att_1/answers': told,
  })
  const page = await opening
  await press(page, '开始作答')
  await expect.poll(() => made.some((request) => request.method === 'PUT'), { timeout: 3000 }).toBe(true)
  await expect.poll(() => page.text()).toMatch(/剩余 1[12]:\d\d/)
  expect(page.find('input[value="a"]').attributes('disabled')).toBeUndefined()
  expect(made.some((request) => request.path.endsWith('/submit'))).toBe(false)
})

test('when the server says so too, the test is handed in', async () => {
  const over = { ...attempt, minutes: 15, now: '2026-11-03T01:14:59.990Z', deadline: '2026-11-03T01:15:00Z' }
  const { made, page: opening } = open({
    'GET /api/v1/attempts/att_1': over,
    'PUT /api/v1/attempts/att_1/answers': {
      answers: [],
      late_answers: [],
      deadline: over.deadline,
      now: '2026-11-03T01:15:01Z',
    },
    'POST /api/v1/attempts/att_1/submit': graded,
  })
  const page = await opening
  await press(page, '开始作答')
  await expect.poll(() => page.text(), { timeout: 3000 }).toContain('10 / 20 分')
  expect(made.filter((request) => request.path.endsWith('/submit'))).toHaveLength(1)
})

const deadline = '2026-11-03T01:15:00Z'
const timedOut = {
  ...attempt,
  minutes: 15,
  now: '2026-11-03T02:00:00Z',
  deadline,
  arrives_until: '2026-11-04T01:15:00Z',
  answers: [{ item_id: 'itm_1', version: 1, chosen: ['b'] }],
}

test('a page that comes back hours after the end leaves it to its person', async () => {
  let isLate = false
  const { made, page: opening } = open({
    'GET /api/v1/attempts/att_1': () =>
      isLate ? timedOut : { ...timedOut, now: '2026-11-03T01:14:59.990Z' },
    'PUT /api/v1/attempts/att_1/answers': () => {
      isLate = true
      return { answers: [], late_answers: [], deadline, now: timedOut.now, submitted_at: null }
    },
  })
  const page = await opening
  await press(page, '开始作答')
  await expect.poll(() => page.text(), { timeout: 3000 }).toContain('时间到了，还没有交卷')
  expect(made.some((request) => request.path.endsWith('/submit'))).toBe(false)
})

test('whoever opens a test whose time is over sees what arrived, until when more may, and hands in with one press', async () => {
  const { made, page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': {
      ...intro,
      attempts: [{ ...timedOut, submitted_at: null, score: null }],
    },
    'GET /api/v1/attempts/att_1': timedOut,
    'POST /api/v1/attempts/att_1/submit': graded,
  })
  const page = await opening
  expect(page.text()).toContain('时间到，还没有交卷')
  await press(page, '查看并交卷')
  await expect.poll(() => page.text()).toContain('已答 1 题，共 2 题')
  const text = page.text()
  expect(text).toContain('请先让那台设备联网：时间到以前选的答案，2026年11月4日 09:15 前传到都计分。')
  expect(text).toContain('交卷后才能看到成绩')
  expect(text).toContain('我的答案：复式教学')
  for (const word of ['答对', '答错', '没有答对', '分，']) expect(text).not.toContain(word)
  expect(made.some((request) => request.path.endsWith('/submit'))).toBe(false)
  await press(page, '交卷，看成绩')
  await expect.poll(() => page.text()).toContain('10 / 20 分')
})

test('what waits on this device goes along when a test is handed in whose time is over', async () => {
  const waits = { ...timedOut, answers: [] }
  let isOver = false
  const { made, page: opening } = open({
    'GET /api/v1/attempts/att_1': () => (isOver ? waits : attempt),
    'POST /api/v1/attempts/att_1/submit': graded,
  })
  const page = await opening
  await press(page, '开始作答')
  await page.find('input[value="b"]').trigger('change')
  await expect.poll(() => useOutbox().items).toHaveLength(1)
  page.unmount()
  isOver = true
  const again = await showPage(TestPage, { props: { paperId: 'pap_1' }, at: '/?task=tsk_1' })
  await press(again, '开始作答')
  await expect.poll(() => again.text()).toContain('已答 1 题，共 2 题')
  expect(again.text()).toContain('我的答案：复式教学')
  expect(useOutbox().items).toHaveLength(1)
  await press(again, '交卷，看成绩')
  await expect.poll(() => again.text()).toContain('10 / 20 分')
  const submitted = made.find((request) => request.path.endsWith('/submit'))
  expect(submitted?.body).toMatchObject({ answers: [{ item_id: 'itm_1', chosen: ['b'] }] })
  expect(useOutbox().items).toHaveLength(0)
})

test('what is chosen while the submission is under way is not thrown away with it', async () => {
  let answer: (result: unknown) => void = () => undefined
  const { page: opening } = open({
    'POST /api/v1/attempts/att_1/submit': () => new Promise((resolve) => (answer = resolve)),
  })
  const page = await opening
  await press(page, '开始作答')
  await page.find('input[value="a"]').trigger('change')
  await settle()
  await press(page, '下一题')
  await press(page, '检查并交卷')
  await press(page, '交卷')
  asked.value?.answer(true)
  await settle()
  await press(page, '第 2 题')
  await page.find('input[value="c"]').setValue(true)
  await expect.poll(() => useOutbox().items).toHaveLength(2)
  answer(graded)
  await expect.poll(() => page.text()).toContain('10 / 20 分')
  const left = useOutbox().items.map((item) => item.body as { answers: { item_id: string }[] })
  expect(left.flatMap(({ answers: each }) => each.map(({ item_id }) => item_id))).toEqual(['itm_2'])
})

test.each([
  ['2026-11-03T09:20:00Z', '时间到以后选的“领读”（2026年11月3日 17:20）已经留下，不计分。'],
  ['2026-11-03T00:59:00Z', '时间到以前选的“领读”（2026年11月3日 08:59）没有及时传到，已经留下，不计分。'],
])('a result marks what arrived late, and what came too late (%s)', async (chosen_at, words) => {
  const at = '2026-11-03T09:20:00Z'
  const { page: opening } = open({
    'GET /api/v1/tasks/tsk_1/test': {
      ...intro,
      attempts: [{ ...attempt, submitted_at: now, score: 1000, most: 2000 }],
    },
    'GET /api/v1/attempts/att_1': {
      ...graded,
      deadline: '2026-11-03T01:00:00Z',
      answers: [{ item_id: 'itm_1', version: 1, chosen: ['b'], arrived_at: at }],
      late_answers: [
        { item_id: 'itm_1', why: 'older', chosen: ['a'], chosen_at: now, arrived_at: at },
        { item_id: 'itm_2', why: 'too_late', chosen: ['a'], chosen_at, arrived_at: at },
      ],
    },
  })
  const page = await opening
  await press(page, '10 / 20 分')
  expect(page.text()).toContain(
    '在另一台设备上更早选的“走班”（2026年11月3日 09:00）已经留下，后选的答案计分。',
  )
  expect(page.text()).toContain('时间到以前选的，2026年11月3日 17:20 才传到，照常计分。')
  expect(page.text()).toContain(words)
})

test('an answer in a test that was handed in elsewhere shows the result, and what came too late with it', async () => {
  const late = [
    { item_id: 'itm_1', why: 'handed_in', chosen: ['a'], chosen_at: now, arrived_at: '2026-11-03T01:05:00Z' },
  ]
  let isSubmitted = false
  const { page: opening } = open({
    'GET /api/v1/attempts/att_1': () => (isSubmitted ? { ...graded, late_answers: late } : attempt),
    'PUT /api/v1/attempts/att_1/answers': {
      answers: graded.answers,
      late_answers: late,
      submitted_at: now,
      deadline: attempt.deadline,
      now,
    },
  })
  const page = await opening
  await press(page, '开始作答')
  isSubmitted = true
  await page.find('input[value="a"]').trigger('change')
  await expect.poll(() => page.text()).toContain('10 / 20 分')
  expect(page.text()).toContain('交卷以后才传到的“走班”（2026年11月3日 09:05）已经留下，不计分。')
  await expect.poll(() => useOutbox().items).toHaveLength(0)
})
