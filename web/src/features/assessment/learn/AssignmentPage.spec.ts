import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { all, deviceDb, unsent } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { tokens } from '@/shared/session/token'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import AssignmentPage from './AssignmentPage.vue'

const PUT = 'PUT /api/v1/tasks/tsk_1/submission'
const HAND_IN = 'POST /api/v1/tasks/tsk_1/submission/hand-in'
const conflict = () => reply(412, { code: 'edit.conflict', title: '请刷新后再保存' })

interface Sent {
  text: string
  based_on: number
  files: string[]
}

const fileOf = (id: string) => ({ id, name: `${id}.pdf`, bytes: 9, url: `/blob/${id}` })

/** A server that counts the versions of one text, as ours does. */
function server() {
  const held = {
    draft: '',
    version: 0,
    body: null as string | null,
    state: 'draft',
    draft_file: null as ReturnType<typeof fileOf> | null,
    file_version: 0,
    file: null as ReturnType<typeof fileOf> | null,
  }
  const work = () => ({
    id: 'sub_1',
    ...held,
    saved_at: '2026-11-20T10:00:00Z',
    submitted_at: held.body === null ? null : '2026-11-20T10:00:00Z',
    has_changes: held.body !== null && held.body !== held.draft,
    hand_ins_left: 20,
  })
  const page = () => ({
    task_id: 'tsk_1',
    class_id: 'cls_1',
    title: '一节课的设计',
    title_en: '',
    week: 3,
    brief_html: '',
    rubric: { criteria: [] },
    work: held.version === 0 ? null : work(),
    open: { late: false, least_chars: 0, most_chars: 0 },
    closed: null,
    reviews: [],
  })
  function write({ text, based_on }: Sent): boolean {
    if (based_on !== held.version && text !== held.draft) return false
    if (text !== held.draft) Object.assign(held, { draft: text, version: held.version + 1 })
    return true
  }
  const reading: Record<string, unknown> = { 'GET /api/v1/tasks/tsk_1/submission': page }
  const table = {
    ...reading,
    [PUT]: async (request: Request) => (write((await request.json()) as Sent) ? work() : conflict()),
    [HAND_IN]: async (request: Request) => {
      const body = (await request.json()) as Sent
      if (body.files.join() !== (held.draft_file ? [held.draft_file.id] : []).join())
        return reply(409, { code: 'submission.files_changed', title: '附件和您看到的不一样，这次没有提交。' })
      if (!write(body)) return conflict()
      const { draft_file: file } = held
      Object.assign(held, { body: body.text, file, state: 'submitted', version: held.version + 1 })
      return work()
    },
  }
  return { held, table, reading, work, page }
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  for (const store of ['outbox', 'drafts', 'kept'] as const) await (await deviceDb()).clear(store)
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
})

afterEach(() => {
  vi.useRealTimers()
})

async function open(): Promise<VueWrapper> {
  const page = await showPage(AssignmentPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.find('textarea').exists()).toBe(true)
  await settle()
  return page
}

const field = (page: VueWrapper) => page.get('textarea').element
const submit = (page: VueWrapper) => page.get('form').trigger('submit')
const waiting = () => all('outbox', wang.person.id)

/** Holds an answer back until it is released. */
function gate() {
  let release!: () => void
  const passed = new Promise<void>((resolve) => (release = resolve))
  return { passed, release }
}

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
