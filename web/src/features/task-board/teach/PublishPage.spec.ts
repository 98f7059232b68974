import { beforeEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import PublishPage from './PublishPage.vue'

const list = (week: number, state: 'draft' | 'ready', published_at: string | null = null) => ({
  id: `lst_${week}`,
  week,
  goal: `目标 ${week}`,
  goal_en: '',
  state,
  version: 1,
  tasks: 5,
  minutes: 90,
  classes: published_at ? 1 : 0,
  published_at,
})
const around = {
  'GET /api/v1/my/classes': { items: [] },
  'GET /api/v1/trainings': { items: [], next: null },
}

let listener: ChannelListener | undefined
vi.spyOn(live, 'subscribe').mockImplementation((_channel, joined) => {
  listener = joined
  return () => undefined
})

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('the week that is due is suggested, and published with its announcement', async () => {
  const made = answers({
    ...around,
    'GET /api/v1/classes/cls_1/task-lists': {
      items: [list(1, 'ready', '2026-11-02T00:00:00Z'), list(2, 'ready'), list(3, 'draft')],
    },
    'POST /api/v1/classes/cls_1/announcements': {},
  })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await expect.poll(() => (page.get('input').element as HTMLInputElement).value).toBe('第 2 周任务已发布')
  // What is suggested is nothing that somebody wrote.
  expect(await unsent(wang.person.id)).toBe(0)
  expect(page.get('button[type="submit"]').text()).toBe('发布公告和第 2 周任务')
  await page.get('textarea').setValue('这周练动静搭配。')
  await page.get('form').trigger('submit')
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({
    list_id: 'lst_2',
    title: '第 2 周任务已发布',
    body: '这周练动静搭配。',
  })
  // Nothing is suggested again: a second press would tell the class twice.
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
})

test('where no week waits, an announcement alone remains and the reason is said', async () => {
  answers({ ...around, 'GET /api/v1/classes/cls_1/task-lists': { items: [list(1, 'draft')] } })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('没有待发布的任务单')
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
})

const announcements = 'POST /api/v1/classes/cls_1/announcements'
const oneWeek = { ...around, 'GET /api/v1/classes/cls_1/task-lists': { items: [list(2, 'ready')] } }

test('an announcement survives a dead network and a reload, and is sent under its first key', async () => {
  const lost = answers(oneWeek)
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('写了一晚上的公告')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('连不上服务器')
  page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)

  const made = answers({ ...oneWeek, [announcements]: {} })
  const again = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await expect.poll(() => again.get('textarea').element.value).toBe('写了一晚上的公告')
  expect(again.text()).toContain('已恢复上次没写完的草稿')
  await again.get('form').trigger('submit')
  await settle()
  const [first, second] = [lost, made].map((all) => all.find(({ method }) => method === 'POST'))
  expect(second?.body).toEqual(first?.body)
  expect(second?.headers.get('Idempotency-Key')).toBe(first?.headers.get('Idempotency-Key'))
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  expect(again.get('textarea').element.value).toBe('')
})

test('words typed while an announcement is sent are not taken for sent', async () => {
  let release!: () => void
  const slow = new Promise<void>((resolve) => (release = resolve))
  const made = answers({ ...oneWeek, [announcements]: () => slow.then(() => ({})) })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('这周练动静搭配。')
  await page.get('form').trigger('submit')
  await expect.poll(() => made.some(({ method }) => method === 'POST')).toBe(true)
  await page.get('textarea').setValue('这周练动静搭配。周五前交。')
  release()
  await expect.poll(() => page.get('textarea').element.value).toBe('周五前交。')
  page.unmount()
  const again = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await expect.poll(() => again.get('textarea').element.value).toBe('周五前交。')
})

test('the key is on the device before the announcement leaves: a page that dies meanwhile asks again under it', async () => {
  const never = new Promise(() => undefined)
  const lost = answers({ ...oneWeek, [announcements]: () => never })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('写了一晚上的公告')
  // A rest: the words are on the device already when the button is pressed.
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  await page.get('form').trigger('submit')
  await expect.poll(() => lost.some(({ method }) => method === 'POST')).toBe(true)
  const [kept] = await (await deviceDb()).getAll('drafts')
  const key = lost.find(({ method }) => method === 'POST')?.headers.get('Idempotency-Key')
  expect(kept?.value).toMatchObject({ tried: { key } })
})

test('what was refused keeps its words, and they are given up only on request', async () => {
  answers({
    ...oneWeek,
    [announcements]: reply(409, { code: 'task_board.list_published', title: '已经发布过' }),
  })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('写了一晚上的公告')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('已经发布过')
  page.unmount()
  const again = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await expect.poll(() => again.get('textarea').element.value).toBe('写了一晚上的公告')
  await again
    .findAll('button')
    .find((one) => one.text() === '删除')
    ?.trigger('click')
  asked.value?.answer(true)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  expect(again.get('textarea').element.value).toBe('')
})

test('a week that a colleague publishes meanwhile is no longer offered, and the words stay', async () => {
  const table: Record<string, unknown> = { ...oneWeek }
  answers(table)
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('这周练动静搭配。')
  await expect.poll(() => listener).toBeDefined()
  table['GET /api/v1/classes/cls_1/task-lists'] = { items: [list(2, 'ready', '2026-11-09T00:00:00Z')] }
  listener?.onEvent?.({ channel: 'class:cls_1', number: 1, kind: 'announcement_added', data: {} })
  await settle()
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
  expect(page.get('textarea').element.value).toBe('这周练动静搭配。')
})

test('a week that is out by a sending whose answer was lost is asked for again as it was sent', async () => {
  const table: Record<string, unknown> = { ...oneWeek }
  const made = answers(table)
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('这周练动静搭配。')
  await expect.poll(() => listener).toBeDefined()
  await page.get('form').trigger('submit')
  await expect.poll(() => page.text()).toContain('连不上服务器')
  table['GET /api/v1/classes/cls_1/task-lists'] = { items: [list(2, 'ready', '2026-11-09T00:00:00Z')] }
  listener?.onEvent?.({ channel: 'class:cls_1', number: 1, kind: 'announcement_added', data: {} })
  await settle()
  expect(page.get('button[type="submit"]').text()).toBe('发布公告和第 2 周任务')
  table[announcements] = {}
  await page.get('form').trigger('submit')
  await settle()
  const [first, second] = made.filter(({ method }) => method === 'POST')
  expect(second?.body).toEqual(first?.body)
  expect(second?.headers.get('Idempotency-Key')).toBe(first?.headers.get('Idempotency-Key'))
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
})

test('a week that somebody else has published after a sending that never arrived is given up with the refusal', async () => {
  const table: Record<string, unknown> = { ...oneWeek }
  answers(table)
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  await page.get('textarea').setValue('这周练动静搭配。')
  await page.get('form').trigger('submit')
  await expect.poll(() => page.text()).toContain('连不上服务器')
  table['GET /api/v1/classes/cls_1/task-lists'] = { items: [list(2, 'ready', '2026-11-09T00:00:00Z')] }
  listener?.onEvent?.({ channel: 'class:cls_1', number: 1, kind: 'announcement_added', data: {} })
  await settle()
  table[announcements] = reply(409, { code: 'task_board.list_published', title: '已经发布过' })
  await page.get('form').trigger('submit')
  await expect.poll(() => page.text()).toContain('已经发布过')
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
  expect(page.get('textarea').element.value).toBe('这周练动静搭配。')
})

test('when the training is over nothing is offered to be published', async () => {
  answers({
    ...around,
    'GET /api/v1/my/classes': { items: [{ class_id: 'cls_1', training_state: 'closed' }] },
    'GET /api/v1/classes/cls_1/task-lists': { items: [list(1, 'ready', '2026-11-02T00:00:00Z')] },
  })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await settle()
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('培训已经结束，不再发布任务和公告')
  expect(page.text()).toContain('第 1 周')
})

test('what is begun for one class comes up in no other', async () => {
  answers({
    ...around,
    'GET /api/v1/classes/cls_1/task-lists': { items: [] },
    'GET /api/v1/classes/cls_2/task-lists': { items: [] },
  })
  const first = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await first.get('textarea').setValue('只说给一班听的话。')
  await settle()
  first.unmount()
  await settle()
  const other = await showPage(PublishPage, { props: { classId: 'cls_2' } })
  await settle()
  expect(other.get('textarea').element.value).toBe('')
  other.unmount()
  const again = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  await expect.poll(() => again.get('textarea').element.value).toBe('只说给一班听的话。')
})
