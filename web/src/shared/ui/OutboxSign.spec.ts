import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import AfterPage from '@/app/AfterPage.vue'
import { all, deviceDb, drop, isForgetful } from '@/shared/outbox/db'
import { flush, put } from '@/shared/outbox/outbox'
import { isListOpen } from '@/shared/outbox/shown'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { tokens } from '@/shared/session/token'
import { useSession } from '@/shared/session/session'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
// At hand: how long a browser needs to fetch it is not what is asked here.
import './OutboxList.vue'
import OutboxSign from './OutboxSign.vue'
import { asked } from './useConfirm'

const person = wang.person.id
const PATH = 'POST /api/v1/topics/top_1/posts'
const post = (body: string) => ({
  ...writing('POST', '/api/v1/topics/{topic_id}/posts', { topic_id: 'top_1' }, { body, client_id: 'c1' }),
  thread: 'forum-topic:top_1',
  label: '回复：分数怎么教',
  words: ['body'],
})
const refused = reply(422, { code: 'post.too_long', title: '内容太长', detail: '最多 4000 字。' })

/** As in the application: the sign on the page, and the list after it. */
const Page = defineComponent(() => () => [h(OutboxSign), h(AfterPage)])

beforeEach(() => {
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
})
afterEach(async () => {
  isListOpen.value = false
  await (await deviceDb()).clear('drafts')
  for (const { seq = 0 } of await all('outbox', person)) await drop('outbox', seq)
})

async function open() {
  answers({ [PATH]: refused })
  await put(person, post('写得很用心的一大段'))
  await flush(person)
  const page = await showPage(Page)
  await useOutbox().refresh()
  await settle()
  await page.get('button').trigger('click')
  await expect.poll(() => document.body.textContent).toContain('回复：分数怎么教')
  return page
}

function press(name: string) {
  const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name)
  if (!found) throw new Error(`no button ${name}`)
  found.click()
  return settle()
}

test('what was refused shows what it says and why, and can be corrected and sent', async () => {
  await open()
  expect(document.body.textContent).toContain('写得很用心的一大段')
  expect(document.body.textContent).toContain('内容太长')
  expect(document.body.textContent).toContain('最多 4000 字。')
  expect(document.body.textContent).not.toContain('连不上服务器')

  await press('修改')
  const field = document.querySelector('textarea') as HTMLTextAreaElement
  field.value = '短一点'
  field.dispatchEvent(new Event('input'))
  const made = answers({ [PATH]: {} })
  document.querySelector('form')?.dispatchEvent(new Event('submit'))
  await expect.poll(() => useOutbox().items).toHaveLength(0)
  expect(made.map(({ body }) => body)).toEqual([{ body: '短一点', client_id: 'c1' }])
})

test.each([
  [true, '1 条等待发送'],
  [false, '1 条已存在本机，联网后自动发送'],
])('what waits speaks of a network only where there is none (online: %s)', async (isOnline, words) => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  answers({})
  await put(person, post('一条'))
  const page = await showPage(OutboxSign)
  await useOutbox().refresh()
  await settle()
  expect(page.get('[role=status]').text()).toBe(words)
  vi.restoreAllMocks()
})

test('what waits for its turn is sent when a person says so', async () => {
  answers({ [PATH]: reply(503, {}) })
  await put(person, post('等着的一段'))
  await flush(person)
  const page = await showPage(Page)
  await useOutbox().refresh()
  await settle()
  await page.get('button').trigger('click')
  await expect.poll(() => document.querySelector('article button')).not.toBeNull()
  const made = answers({ [PATH]: {} })
  expect(document.querySelector('article button')?.textContent?.trim()).toBe('现在发送')
  await press('现在发送')
  await expect.poll(() => useOutbox().items).toHaveLength(0)
  expect(made).toHaveLength(1)
})

test('it can be copied, and says when the device does not allow that', async () => {
  await open()
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  await press('复制')
  expect(writeText).toHaveBeenCalledWith('写得很用心的一大段')
})

test('discarding asks, and only a yes deletes', async () => {
  await open()
  await press('丢弃')
  expect(asked.value?.text).toContain('别处没有')
  asked.value?.answer(false)
  await settle()
  expect(useOutbox().items).toHaveLength(1)
  await press('丢弃')
  asked.value?.answer(true)
  await expect.poll(() => useOutbox().items).toHaveLength(0)
})

test('a person is told that nothing is kept on this device', async () => {
  const page = await showPage(OutboxSign)
  expect(page.text()).toBe('')
  isForgetful.value = true
  await settle()
  expect(page.text()).toContain('这台设备不让本页存东西')
  isForgetful.value = false
})

test('the list also holds the words that nothing sends, though their page is gone, until their person gives them up', async () => {
  await keepDraft('end-lead:1', '调到别处去了')
  await keepDraft('note', '李老师写的', 'per_li')
  await showPage(Page)
  isListOpen.value = true
  await expect.poll(() => document.querySelector('article')?.textContent).toContain('调到别处去了')
  expect(document.body.textContent).toContain('不会自己发送')
  expect(document.body.textContent).not.toContain('李老师写的')
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  await press('复制')
  expect(writeText).toHaveBeenCalledWith('调到别处去了')

  await press('丢弃')
  asked.value?.answer(false)
  await settle()
  expect(document.querySelectorAll('article')).toHaveLength(1)
  await press('丢弃')
  asked.value?.answer(true)
  await expect.poll(() => document.querySelectorAll('article').length).toBe(0)
  expect(document.body.textContent).toContain('没有留在这台设备上的内容')
  expect(await all('drafts')).toMatchObject([{ value: '李老师写的' }])
})

test('the list of one person closes before another sees it', async () => {
  await keepDraft('note', '王老师写的')
  await showPage(Page)
  isListOpen.value = true
  await expect.poll(() => document.querySelector('article')?.textContent).toContain('王老师写的')
  useSession().$patch({ me: undefined, phase: 'out' })
  await settle()
  expect(isListOpen.value).toBe(false)
  expect(document.querySelector('article')).toBeNull()
})

async function openHandIn(answer: unknown) {
  const page = '/learn/tasks/tsk_1'
  const body = { body: '手机上写的反思', based_on: 1 }
  const call = writing('POST', '/api/v1/tasks/{task_id}/reflection/hand-in', { task_id: 'tsk_1' }, body)
  answers({ 'POST /api/v1/tasks/tsk_1/reflection/hand-in': answer })
  await put(person, {
    ...call,
    thread: 'task:tsk_1',
    label: '提交反思',
    words: ['body'],
    page,
    own: ['旧的'],
  })
  await flush(person)
  await showPage(Page)
  isListOpen.value = true
  await expect.poll(() => document.querySelector('article')?.textContent).toContain('手机上写的反思')
  return () => document.querySelector('article')?.textContent
}

test('a conflict of one’s own words is not called another person’s', async () => {
  const shown = await openHandIn(
    reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里，请刷新后再保存' }),
  )
  expect(shown()).not.toContain('别人')
  expect(shown()).toContain('另一台设备或另一个窗口里保存过别的内容')
  expect(shown()).toContain('去那一页修改')
})

test('what is not taken any more however it is corrected can be read, copied and given up, and no more', async () => {
  const shown = await openHandIn(reply(409, { code: 'task_board.reflection_closed', title: '已经批阅' }))
  expect(shown()).toContain('打开那一页')
  expect(shown()).toContain('复制')
  expect(shown()).not.toContain('去那一页修改')
  expect(shown()).not.toContain('重试')
})
