import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { all } from '@/shared/outbox/db'
import { answers, reply, settle, wang } from '@/shared/testing/page'
import { conflict, fileOf, server, open, field, submit, waiting, beginAnew } from './testSubmission'

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await beginAnew()
})

afterEach(() => {
  vi.useRealTimers()
})

/** An upload that the spec lets go on, or lets fail. */
function uploads() {
  const made: XMLHttpRequest[] = []
  class Sending {
    upload = {}
    status = 0
    responseText = ''
    onload = () => undefined
    onerror = () => undefined
    onloadend = () => undefined
    open = vi.fn()
    setRequestHeader = vi.fn()
    abort = vi.fn()
    send() {
      made.push(this as unknown as XMLHttpRequest)
    }
  }
  vi.stubGlobal('XMLHttpRequest', Sending)
  return made as unknown as Sending[]
}

async function choose(page: VueWrapper, file: File) {
  const input = page.get('input[type="file"]')
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
  await input.trigger('change')
  await settle()
}

test('nothing is handed in while its file is on its way or has failed; it can be sent again or left out', async () => {
  const there = server()
  const made = answers(there.table)
  const sending = uploads()
  const page = await open()
  await page.get('textarea').setValue('见附件。')
  await choose(page, new File(['x'], '设计.docx'))
  const button = () => page.get('button[type="submit"]')
  expect(button().attributes('disabled')).toBeDefined()
  await submit(page)
  await settle()
  expect(made.filter(({ method }) => method === 'POST')).toHaveLength(0)
  sending[0]?.onerror()
  sending[0]?.onloadend()
  await settle()
  expect(page.text()).toContain('没有传上去')
  expect(button().attributes('disabled')).toBeDefined()
  await page
    .findAll('button')
    .find((one) => one.text() === '重试')
    ?.trigger('click')
  await settle()
  expect(sending).toHaveLength(2)
  const keyOf = (one?: (typeof sending)[number]) =>
    one?.setRequestHeader.mock.calls.find(([name]) => name === 'Idempotency-Key')?.[1] as string
  expect(keyOf(sending[1])).toBe(keyOf(sending[0]))
  Object.assign(sending[1] ?? {}, { status: 200, responseText: JSON.stringify(there.work()) })
  sending[1]?.onload()
  sending[1]?.onloadend()
  await expect.poll(() => button().attributes('disabled')).toBeUndefined()
})

test('an attachment that cannot be removed stays, and why is said', async () => {
  const there = server()
  const held = { id: 'fil_1', name: '设计.docx', bytes: 2000, url: '/blob/1' }
  answers({
    'GET /api/v1/tasks/tsk_1/submission': { ...there.page(), work: { ...there.work(), draft_file: held } },
    'DELETE /api/v1/tasks/tsk_1/submission/file': reply(409, {
      code: 'assessment.work.graded',
      title: '这份作业已经评定。',
    }),
  })
  const page = await open()
  expect(page.text()).toContain('设计.docx（2 kB）')
  await page.get('button[aria-label="删除附件"]').trigger('click')
  await settle()
  expect(page.get('[role=alert]').text()).toContain('这份作业已经评定')
  expect(page.text()).toContain('设计.docx')
})

test('another file than the one on the screen is neither removed nor replaced: it is shown first, and goes with the next press', async () => {
  const there = server()
  Object.assign(there.held, { draft: '见附件。', version: 1, draft_file: fileOf('blb_1'), file_version: 1 })
  const asked: (string | null)[] = []
  answers({
    ...there.table,
    'DELETE /api/v1/tasks/tsk_1/submission/file': (request: Request) => {
      asked.push(request.headers.get('If-Match'))
      if (asked.at(-1) !== `"v${there.held.file_version}"`) return conflict()
      Object.assign(there.held, { draft_file: null, file_version: there.held.file_version + 1 })
      return there.work()
    },
  })
  const sending = uploads()
  const page = await open()
  const press = async (label: string) => {
    const isNamed = (one: ReturnType<typeof page.find>) =>
      one.attributes('aria-label') === label || one.text() === label
    await page.findAll('button').find(isNamed)?.trigger('click')
    await settle()
  }
  // Another window puts one in its place.
  Object.assign(there.held, { draft_file: fileOf('blb_2'), file_version: 2 })
  await press('删除附件')
  await expect.poll(() => page.text()).toContain('blb_2.pdf')
  expect(page.get('[role=alert]').text()).toContain('请刷新后再保存')
  await press('删除附件')
  await expect.poll(() => page.text()).not.toContain('blb_2.pdf')
  expect(asked).toEqual(['"v1"', '"v2"'])

  Object.assign(there.held, { draft_file: fileOf('blb_3'), file_version: 4 })
  await choose(page, new File(['x'], '设计.docx'))
  const header = (at: number, name: string) =>
    sending[at]?.setRequestHeader.mock.calls.find(([set]) => set === name)?.[1] as string
  expect(header(0, 'If-Match')).toBe('"v3"')
  const refused = JSON.stringify({ code: 'edit.conflict', title: '请刷新后再保存' })
  Object.assign(sending[0] ?? {}, { status: 412, responseText: refused })
  sending[0]?.onload()
  sending[0]?.onloadend()
  await expect.poll(() => page.text()).toContain('blb_3.pdf')
  await press('重试')
  await expect.poll(() => sending).toHaveLength(2)
  expect(header(1, 'If-Match')).toBe('"v4"')
  expect(header(1, 'Idempotency-Key')).not.toBe(header(0, 'Idempotency-Key'))
})

test('the file on the screen goes with the words, also when they wait for a network', async () => {
  const there = server()
  Object.assign(there.held, { draft: '见附件。', version: 1, draft_file: fileOf('blb_1') })
  answers(there.reading)
  const page = await open()
  await submit(page)
  await expect
    .poll(async () => (await waiting()).map(({ body }) => body))
    .toEqual([{ text: '见附件。', based_on: 1, files: ['blb_1'] }])
  answers(there.table)
  await useOutbox().flushNow()
  expect(there.held.file?.id).toBe('blb_1')
})

test('another file than the one on the screen is not handed in: it is shown first, and goes with the next press', async () => {
  const there = server()
  Object.assign(there.held, { draft: '见附件。', version: 1, draft_file: fileOf('blb_1') })
  answers(there.table)
  const page = await open()
  // Another window puts one in its place.
  there.held.draft_file = fileOf('blb_2')
  await submit(page)
  await expect.poll(() => page.text()).toContain('附件和您看到的不一样')
  expect(there.held.body).toBeNull()
  await expect.poll(() => page.text()).toContain('blb_2.pdf')
  const words = page.findAll('button').map((one) => one.text())
  expect(words).not.toContain('重试')
  await page
    .findAll('button')
    .find((one) => one.text() === '改好再提交')
    ?.trigger('click')
  await expect.poll(waiting).toHaveLength(0)
  expect(field(page).value).toBe('见附件。')
  await expect.poll(() => page.get('button[type="submit"]').attributes('disabled')).toBeUndefined()
  await submit(page)
  await expect.poll(() => there.held.file?.id).toBe('blb_2')
})

function ofSize(name: string, size: number): File {
  const file = new File(['x'], name)
  Object.defineProperty(file, 'size', { value: size })
  return file
}

test('a file that is too large or empty is not sent; why is said, and only another one or none helps', async () => {
  const there = server()
  answers(there.table)
  const sending = uploads()
  const page = await open()
  for (const [file, why] of [
    [ofSize('录像.mp4', 20 * 1024 * 1024 + 1), '最大 20 MB'],
    [ofSize('空.docx', 0), '空的'],
  ] as const) {
    await choose(page, file)
    await expect.poll(() => page.get('[role=alert]').text()).toContain(why)
    expect(page.findAll('button').map((one) => one.text())).not.toContain('重试')
  }
  expect(sending).toHaveLength(0)
  await choose(page, ofSize('正好.mp4', 20 * 1024 * 1024))
  expect(sending).toHaveLength(1)
})

test('a file that was still under way when the page was left is named after the return, and holds the hand-in until it is chosen again or waved away', async () => {
  const there = server()
  Object.assign(there.held, { draft: '见附件。', version: 1, draft_file: fileOf('blb_1'), file_version: 1 })
  answers(there.table)
  const sending = uploads()
  const leave = async () => {
    const page = await open()
    await choose(page, new File(['x'], '教案.pdf'))
    await expect.poll(() => all('drafts', wang.person.id)).toHaveLength(1)
    page.unmount()
  }
  await leave()

  const again = await open()
  const button = () => again.get('button[type="submit"]').attributes('disabled')
  await expect.poll(() => again.text()).toContain('“教案.pdf”没有传上去')
  expect(button()).toBeDefined()
  await submit(again)
  await settle()
  expect(there.held.body).toBeNull()
  await again
    .findAll('button')
    .find((one) => one.text() === '不要这个附件')
    ?.trigger('click')
  await expect.poll(button).toBeUndefined()
  await expect.poll(() => all('drafts', wang.person.id)).toHaveLength(0)
  again.unmount()

  await leave()
  const third = await open()
  await expect.poll(() => third.text()).toContain('“教案.pdf”没有传上去')
  await choose(third, new File(['x'], '教案.pdf'))
  expect(third.text()).not.toContain('“教案.pdf”没有传上去')
  const last = sending.at(-1)
  Object.assign(there.held, { draft_file: { ...fileOf('blb_2'), name: '教案.pdf' }, file_version: 2 })
  Object.assign(last ?? {}, { status: 200, responseText: JSON.stringify(there.work()) })
  last?.onload()
  last?.onloadend()
  await expect.poll(() => third.get('button[type="submit"]').attributes('disabled')).toBeUndefined()
  await expect.poll(() => all('drafts', wang.person.id)).toHaveLength(0)
})

test('a file that arrived after the page was left is not called lost', async () => {
  const there = server()
  Object.assign(there.held, { draft: '见附件。', version: 1 })
  answers(there.table)
  uploads()
  const page = await open()
  await choose(page, new File(['x'], '教案.pdf'))
  await expect.poll(() => all('drafts', wang.person.id)).toHaveLength(1)
  page.unmount()
  Object.assign(there.held, { draft_file: { ...fileOf('blb_2'), name: '教案.pdf' }, file_version: 1 })
  const again = await open()
  await expect.poll(() => all('drafts', wang.person.id)).toHaveLength(0)
  expect(again.text()).not.toContain('没有传上去')
  expect(again.get('button[type="submit"]').attributes('disabled')).toBeUndefined()
})
