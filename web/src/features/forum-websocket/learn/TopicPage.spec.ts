import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { deviceDb } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { ModelClass } from '../exchange/modelClass'
import type { Topic } from '../exchange/state'
import TopicPage from './TopicPage.vue'

let listener: ChannelListener | undefined
vi.spyOn(live, 'subscribe').mockImplementation((_channel, joined) => {
  listener = joined
  return () => undefined
})

let model: ModelClass
let question: Topic

beforeEach(async () => {
  const db = await deviceDb()
  for (const store of ['outbox', 'drafts', 'kept'] as const) await db.clear(store)
  vi.spyOn(live, 'isInterrupted', 'get').mockReturnValue(false)
  model = new ModelClass((event) => listener?.onEvent?.(event))
  question = model.start('question', '两个年级怎么分组？')
})

let opened: VueWrapper | undefined

// While the server still answers: somebody who leaves says how far they read.
afterEach(async () => {
  opened?.unmount()
  await settle()
})

async function open(): Promise<VueWrapper> {
  opened = await showPage(TopicPage, { props: { topicId: question.id } })
  return opened
}

function button(page: VueWrapper, text: string) {
  const found = page.findAll('button').find((candidate) => candidate.text() === text)
  if (!found) throw new Error(`no button ${text}`)
  return found
}

async function publish(page: VueWrapper, text: string) {
  await page.get('textarea').setValue(text)
  await page.get('form').trigger('submit')
  await settle()
}

test('a post appears as it comes, and the first answer by staff stops the clock', async () => {
  answers(model.answersFor(question.id))
  const page = await open()
  expect(live.subscribe).toHaveBeenCalledWith('class:cls_1', expect.anything())
  expect(page.get('h1').text()).toBe('两个年级怎么分组？')
  expect(page.text()).toContain('已过约定时间')
  model.post(question, 'assistant', { body_html: '<p>先<strong>同组异质</strong></p>' })
  await settle()
  expect(page.get('[role=log]').text()).toContain('先同组异质')
  expect(page.get('[role=log]').text()).toContain('助教')
  expect(page.text()).toContain('已回答，用了')
})

test('without a network a post waits on the device, and arrives once when there is one', async () => {
  const table: Record<string, unknown> = model.answersFor(question.id)
  const made = answers(table)
  const page = await open()
  await publish(page, '我们班这样分')
  await expect.poll(() => page.text()).toContain('正在发送')
  expect(page.get('textarea').element.value).toBe('')

  const address = `POST /api/v1/topics/${question.id}/posts`
  table[address] = async (request: Request) => {
    const { client_id, body } = (await request.json()) as { client_id: string; body: string }
    return model.post(question, 'learner', {
      author_id: wang.person.id,
      client_id,
      body_html: `<p>${body}</p>`,
    })
  }
  await useOutbox().flushNow()
  await settle()
  const sent = made.filter((request) => request.method === 'POST')
  expect(sent.map((request) => request.headers.get('Idempotency-Key'))).toEqual([
    sent[0]?.headers.get('Idempotency-Key'),
    sent[0]?.headers.get('Idempotency-Key'),
  ])
  expect(sent[1]?.body).toEqual(sent[0]?.body)
  expect(page.text()).not.toContain('正在发送')
  expect(page.findAll('article').filter((post) => post.text().includes('我们班这样分'))).toHaveLength(1)
})

test('what is too long or empty stays where it is, with the reason', async () => {
  const made = answers(model.answersFor(question.id))
  const page = await open()
  await publish(page, '  ')
  expect(page.text()).toContain('请先写点什么')
  await publish(page, '长'.repeat(4001))
  expect(page.text()).toContain('最多 4000 个字')
  expect(made.some((request) => request.method === 'POST')).toBe(false)
})

test('a half-written post is there again at the next visit', async () => {
  answers(model.answersFor(question.id))
  const page = await open()
  await page.get('textarea').setValue('写了一半')
  page.unmount()
  await expect.poll(async () => (await deviceDb()).count('drafts')).toBe(1)
  const again = await open()
  await expect.poll(() => again.get('textarea').element.value).toBe('写了一半')
  expect(again.text()).toContain('已恢复上次没写完的草稿')
})

test('a post that the server refuses can be taken back and changed', async () => {
  answers({
    ...model.answersFor(question.id),
    [`POST /api/v1/topics/${question.id}/posts`]: reply(409, {
      code: 'topic.closed',
      title: '这个话题已经结束',
    }),
  })
  const page = await open()
  await publish(page, '来晚了')
  await expect.poll(() => page.text()).toContain('这个话题已经结束')
  await button(page, '取回修改').trigger('click')
  await expect.poll(() => useOutbox().items.length).toBe(0)
  expect(page.get('textarea').element.value).toBe('来晚了')
})

test('authors correct and remove their own; others’ posts offer nothing', async () => {
  vi.setSystemTime(new Date(Date.parse(question.last_post_at) + 60_000))
  const mine = model.post(question, 'learner', { author_id: wang.person.id })
  const made = answers({
    ...model.answersFor(question.id),
    [`PUT /api/v1/posts/${mine.id}`]: () => {
      model.edit(mine, '改好了')
      return mine
    },
    [`DELETE /api/v1/posts/${mine.id}`]: () => {
      model.remove(mine)
      return mine
    },
  })
  const page = await open()
  const [others, own] = page.findAll('article')
  expect(others?.findAll('button')).toHaveLength(0)
  await own?.findAll('button')[0]?.trigger('click')
  await own?.get('textarea').setValue('改好了')
  await own?.get('form').trigger('submit')
  await settle()
  expect(own?.text()).toContain('改好了')
  expect(own?.text()).toContain('已修改')
  await button(page, '删除').trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(own?.text()).toContain('这条内容已删除')
  expect(made.find((request) => request.method === 'PUT')?.body).toEqual({ body: '改好了' })
  vi.useRealTimers()
})

test('a long topic is read on, its news are marked, and how far it was read is said', async () => {
  for (let made = 0; made < 50; made += 1) model.post(question)
  model.seen.set(question.id, 30)
  const made = answers({
    ...model.answersFor(question.id),
    [`PUT /api/v1/topics/${question.id}/seen`]: reply(204),
  })
  const page = await open()
  expect(page.findAll('[role=log] li')).toHaveLength(40)
  expect(page.get('.news').element.parentElement?.textContent).toContain('内容')
  await button(page, '还有 11 条，继续看').trigger('click')
  await settle()
  expect(page.findAll('[role=log] li')).toHaveLength(51)
  page.unmount()
  await settle()
  expect(made.find((request) => request.method === 'PUT')?.body).toEqual({ number: 51 })
})

test('a closed topic says so and takes no more; not being live is said with a way to look by hand', async () => {
  vi.spyOn(live, 'isInterrupted', 'get').mockReturnValue(true)
  question.closed = true
  const made = answers(model.answersFor(question.id))
  const page = await open()
  expect(page.text()).toContain('不再接受新的回复')
  expect(page.find('textarea').exists()).toBe(false)
  expect(page.text()).toContain('实时更新已断开')
  const before = made.length
  await button(page, '刷新').trigger('click')
  await settle()
  expect(made.length).toBe(before + 1)
})

test('without a network and without a kept copy the page says so', async () => {
  answers({})
  const page = await open()
  expect(page.get('[role=alert]').text()).toContain('连不上服务器')
})
