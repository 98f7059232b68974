import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unsent } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import AssignmentPage from './AssignmentPage.vue'
import { HAND_IN, fileOf, server, open, field, submit, waiting, beginAnew } from './testSubmission'

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await beginAnew()
})

afterEach(() => {
  vi.useRealTimers()
})

/** The page of a work that takes nothing any more. */
async function openEnded(there: ReturnType<typeof server>, rest: object = {}): Promise<VueWrapper> {
  answers({
    'GET /api/v1/tasks/tsk_1/submission': () => ({
      ...there.page(),
      open: null,
      closed: 'task_board.week_closed',
      ...rest,
    }),
  })
  const page = await showPage(AssignmentPage, { props: { taskId: 'tsk_1' } })
  await settle()
  return page
}
const times = (page: VueWrapper, words: string) => page.text().split(words).length - 1

test('what was saved and never handed in is still there once the week is over, with its file, and can be copied', async () => {
  const there = server()
  Object.assign(there.held, { draft: '写了一半的作业。', version: 1, draft_file: fileOf('blb_1') })
  const page = await openEnded(there)
  expect(page.text()).toContain('写了一半的作业。')
  expect(page.text()).toContain('已经保存，没有提交')
  expect(page.text()).toContain('blb_1.pdf')
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  await page
    .findAll('button')
    .find((one) => one.text() === '复制')
    ?.trigger('click')
  expect(writeText).toHaveBeenCalledWith('写了一半的作业。')
})

test('graded, the newer words that were saved stand beside what was handed in; the same words stand once', async () => {
  const there = server()
  const file = fileOf('blb_1')
  Object.assign(there.held, { state: 'graded', version: 3, body: '交上去的。', draft: '交上去的。', file })
  there.held.draft_file = file
  const same = await openEnded(there)
  expect(times(same, '交上去的。')).toBe(1)
  expect(times(same, 'blb_1.pdf')).toBe(1)
  expect(same.text()).not.toContain('没有提交')
  same.unmount()

  there.held.draft = '改写过的一稿。'
  const both = await openEnded(there)
  expect(times(both, '交上去的。')).toBe(1)
  expect(times(both, '改写过的一稿。')).toBe(1)
  expect(both.text()).toContain('已经保存，没有提交')
  expect(both.text()).not.toContain('只存在这台设备上')
})

test('what only this device has is a third thing, unless the server has the same words', async () => {
  const there = server()
  answers(there.reading)
  const typing = await open()
  await typing.get('textarea').setValue('只在手机上。')
  typing.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  Object.assign(there.held, { state: 'graded', version: 3, body: '交上去的。', draft: '存着的。' })
  const page = await openEnded(there)
  await expect.poll(() => page.text()).toContain('只在手机上。')
  for (const words of ['交上去的。', '存着的。', '只在手机上。']) expect(times(page, words)).toBe(1)
  page.unmount()

  there.held.body = '只在手机上。'
  const handedIn = await openEnded(there)
  await settle()
  expect(times(handedIn, '只在手机上。')).toBe(1)
  expect(handedIn.text()).not.toContain('只存在这台设备上')
})

test('a withdrawn assignment shows what was done, and says that it is withdrawn', async () => {
  const there = server()
  Object.assign(there.held, { state: 'submitted', version: 3, body: '交上去的。', draft: '存着的。' })
  const page = await openEnded(there, { closed: 'task_board.task_withdrawn' })
  expect(page.text()).toContain('交上去的。')
  expect(page.text()).toContain('存着的。')
  expect(page.text()).toContain('已经撤回')
  expect(page.text()).not.toContain('还没有领取')
})

test('what was refused because the work is closed is read and copied; nothing that cannot succeed is offered', async () => {
  const there = server()
  answers(there.reading)
  const page = await open()
  await page.get('textarea').setValue('晚了一步的作业。')
  await submit(page)
  await expect.poll(waiting).toHaveLength(1)
  await expect.poll(() => page.get('button[type="submit"]').attributes('aria-busy')).toBeUndefined()
  const graded = reply(409, { code: 'submission.graded', title: '作业已经评定，不能再修改。' })
  Object.assign(there.held, { state: 'graded', version: 3, body: '早先交的。', draft: '早先交的。' })
  answers({ ...there.reading, [HAND_IN]: graded })
  await useOutbox().flushNow()
  await expect.poll(() => page.text()).toContain('作业已经评定')
  await expect.poll(() => page.text()).toContain('早先交的。')
  expect(times(page, '晚了一步的作业。')).toBe(1)
  const words = page.findAll('button').map((one) => one.text())
  expect(words).toContain('复制')
  expect(words).not.toContain('改好再提交')
  expect(words).not.toContain('重试')
})

test('while a hand-in has failed, nothing says that the text above is saved or handed in', async () => {
  const there = server()
  Object.assign(there.held, { draft: '前天交的。', body: '前天交的。', version: 1, state: 'submitted' })
  answers(there.reading)
  const page = await open()
  expect(page.text()).toContain('已保存')
  await page.get('textarea').setValue('手机上改的。')
  await submit(page)
  await expect.poll(waiting).toHaveLength(1)
  await expect.poll(() => page.get('button[type="submit"]').attributes('aria-busy')).toBeUndefined()
  Object.assign(there.held, { draft: '电脑上交的。', body: '电脑上交的。', version: 2 })
  answers(there.table)
  await useOutbox().flushNow()
  await expect.poll(() => page.text()).toContain('提交没有成功')
  await settle()
  expect(field(page).value).toBe('手机上改的。')
  expect(page.text()).not.toContain('已保存')
  expect(page.text()).not.toContain('已提交，助教评定之前')
  await page.get('textarea').setValue('手机上改的。又一句。')
  expect(page.text()).toContain('提交之后又有改动')
})
