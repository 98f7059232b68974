import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { all, unsent } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import AssignmentPage from './AssignmentPage.vue'
import { PUT, HAND_IN, type Sent, server, open, field, submit, waiting, beginAnew } from './testSubmission'

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await beginAnew()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Holds an answer back until it is released. */
function gate() {
  let release!: () => void
  const passed = new Promise<void>((resolve) => (release = resolve))
  return { passed, release }
}

test.each([
  ['task_board.not_claimed', '还没有领取'],
  ['task_board.week_closed', '这一周已经结束'],
  ['task_board.charter_unsigned', '签署后就可以继续做'],
  ['task_board.task_withdrawn', '已经撤回'],
  ['training.closed', '培训已经结束'],
  ['not_found', '不在这个班级'],
  ['of_a_newer_server', '现在只能查看'],
])('work that is not taken says why: %s', async (closed, words) => {
  const there = server()
  answers({ 'GET /api/v1/tasks/tsk_1/submission': { ...there.page(), open: null, closed } })
  const page = await showPage(AssignmentPage, { props: { taskId: 'tsk_1' } })
  await settle()
  expect(page.find('textarea').exists()).toBe(false)
  expect(page.findAll('[role=status]').map((one) => one.text())).toEqual([expect.stringContaining(words)])
})

test('work that came back says until when it may come again', async () => {
  const there = server()
  Object.assign(there.held, { draft: '一节课', body: '一节课', version: 1, state: 'submitted' })
  answers(there.table)
  const page = await open()
  expect(page.text()).not.toContain('最晚')
  page.unmount()
  there.held.state = 'returned'
  expect((await open()).text()).toContain('最晚 2026年11月24日 24:00 交')
})

test('words typed after the press, while a save is under way, stay and go with the hand-in', async () => {
  const there = server()
  const slow = gate()
  answers({
    ...there.table,
    [PUT]: async (request: Request) => {
      await slow.passed
      return there.table[PUT](request)
    },
  })
  const page = await open()
  await page.get('textarea').setValue('第一句。')
  // A pause saves by itself, and the save hangs.
  await vi.advanceTimersByTimeAsync(2100)
  await submit(page)
  expect(page.get('button[type="submit"]').attributes('aria-busy')).toBe('true')
  await page.get('textarea').setValue('第一句。又想到一句。')
  slow.release()
  await expect.poll(() => there.held.body).toBe('第一句。又想到一句。')
  expect(field(page).value).toBe('第一句。又想到一句。')
})

test('handed in without a network and opened again, the words are on the screen, and a correction replaces them', async () => {
  const there = server()
  answers(there.reading)
  const first = await open()
  await first.get('textarea').setValue('写了一晚上的作业。')
  await submit(first)
  await expect.poll(waiting).toHaveLength(1)
  first.unmount()

  const second = await open()
  await expect.poll(() => field(second).value).toBe('写了一晚上的作业。')
  await second.get('textarea').setValue('写了一晚上的作业。补一句。')
  await submit(second)
  await expect
    .poll(async () => (await waiting()).map(({ body }) => body))
    .toEqual([{ text: '写了一晚上的作业。补一句。', based_on: 0, files: [] }])
  await expect.poll(() => second.get('button[type="submit"]').attributes('aria-busy')).toBeUndefined()

  answers(there.table)
  await useOutbox().flushNow()
  expect(there.held.body).toBe('写了一晚上的作业。补一句。')
  expect(await waiting()).toHaveLength(0)
})

test('refused because another device saved meanwhile, both texts are there, and nothing takes its place unseen', async () => {
  const there = server()
  answers(there.reading)
  const phone = await open()
  await phone.get('textarea').setValue('手机上写了一晚上的作业。')
  await submit(phone)
  await expect.poll(waiting).toHaveLength(1)
  Object.assign(there.held, { draft: '电脑上的半句', version: 1 })
  answers(there.table)
  await useOutbox().flushNow()
  await expect.poll(() => phone.text()).toContain('另一台设备或另一个窗口里保存过')
  phone.unmount()

  const again = await open()
  await expect.poll(() => field(again).value).toBe('手机上写了一晚上的作业。')
  const words = again.findAll('button').map((one) => one.text())
  expect(words).toContain('改好再提交')
  expect(words).not.toContain('重试')
  expect(again.get('button[type="submit"]').attributes('disabled')).toBeDefined()
  await submit(again)
  await settle()
  expect(await waiting()).toHaveLength(1)

  await again
    .findAll('button')
    .find((one) => one.text() === '改好再提交')
    ?.trigger('click')
  await expect.poll(() => again.text()).toContain('这里有两份不同的内容')
  expect(again.text()).toContain('电脑上的半句')
  expect(field(again).value).toBe('手机上写了一晚上的作业。')
  expect(there.held.draft).toBe('电脑上的半句')
})

test('typing on while a hand-in is under way saves nothing past it, and goes on from it', async () => {
  const there = server()
  const slow = gate()
  const made = answers({
    ...there.table,
    [HAND_IN]: async (request: Request) => {
      await slow.passed
      return there.table[HAND_IN](request)
    },
  })
  const page = await open()
  await page.get('textarea').setValue('交上去的。')
  await submit(page)
  await expect.poll(() => made.some(({ method }) => method === 'POST')).toBe(true)
  await page.get('textarea').setValue('交上去的。又想到一句。')
  await vi.advanceTimersByTimeAsync(2300)
  expect(made.filter(({ method }) => method === 'PUT')).toHaveLength(0)
  expect(page.text()).toContain('提交之后又有改动')
  slow.release()
  await expect.poll(() => there.held.draft).toBe('交上去的。又想到一句。')
  expect(there.held.body).toBe('交上去的。')
  expect(await waiting()).toHaveLength(0)
  expect(field(page).value).toBe('交上去的。又想到一句。')
})

test('a correction that meets the first one, whose answer was lost, goes over it without a question', async () => {
  const there = server()
  answers(there.reading)
  const page = await open()
  await page.get('textarea').setValue('先交的一稿。')
  await submit(page)
  await expect.poll(waiting).toHaveLength(1)
  await expect.poll(() => page.get('button[type="submit"]').attributes('aria-busy')).toBeUndefined()
  // It has arrived, and nobody heard of it.
  Object.assign(there.held, { draft: '先交的一稿。', body: '先交的一稿。', version: 2, state: 'submitted' })
  await page.get('textarea').setValue('改过的一稿。')
  await submit(page)
  await expect
    .poll(async () => (await waiting()).map(({ body }) => (body as Sent).text))
    .toEqual(['改过的一稿。'])
  answers(there.table)
  await useOutbox().flushNow()
  await expect.poll(() => there.held.body).toBe('改过的一稿。')
  await expect.poll(waiting).toHaveLength(0)
})

test('what another tab handed in is read before it is replaced', async () => {
  const there = server()
  answers(there.reading)
  const one = await open()
  const other = await open()
  await other.get('textarea').setValue('另一个窗口里写的。')
  await submit(other)
  await expect.poll(waiting).toHaveLength(1)
  await one.get('textarea').setValue('这个窗口里写的。')
  await submit(one)
  await expect.poll(() => field(one).value).toContain('另一个窗口里写的。')
  expect(field(one).value).toContain('这个窗口里写的。')
  expect((await waiting()).map(({ body }) => (body as Sent).text)).toEqual(['另一个窗口里写的。'])
})

test('words that nothing takes any more are read, copied and given up, and nobody is asked about them', async () => {
  const there = server()
  answers(there.reading)
  const page = await open()
  await page.get('textarea').setValue('评定之前没有送出去的一段。')
  page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  Object.assign(there.held, { state: 'graded', body: '', version: 1 })
  const again = await showPage(AssignmentPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => again.text()).toContain('评定之前没有送出去的一段。')
  const words = again.findAll('button').map((one) => one.text())
  expect(words).toEqual(expect.arrayContaining(['复制', '删除']))
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  expect(await all('drafts', wang.person.id)).toHaveLength(1)
})
