import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { all, drop, isForgetful } from '@/shared/outbox/db'
import { flush, put } from '@/shared/outbox/outbox'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { tokens } from '@/shared/session/token'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
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

beforeEach(() => {
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
})
afterEach(async () => {
  for (const { seq = 0 } of await all('outbox', person)) await drop('outbox', seq)
})

async function open() {
  answers({ [PATH]: refused })
  await put(person, post('写得很用心的一大段'))
  await flush(person)
  const page = await showPage(OutboxSign)
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

test('what waits for its turn is sent when a person says so', async () => {
  answers({ [PATH]: reply(503, {}) })
  await put(person, post('等着的一段'))
  await flush(person)
  const page = await showPage(OutboxSign)
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
