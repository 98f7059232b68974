import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { deviceDb, unsent } from '@/shared/outbox/db'
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

test('where a first post does a task, the topic leads on to the next one', async () => {
  const topic = model.start('discussion', '议：两个年级')
  topic.task_id = 'tsk_1'
  const table: Record<string, unknown> = {
    ...model.answersFor(topic.id),
    'GET /api/v1/tasks/tsk_1': { id: 'tsk_1', class_id: 'cls_1', state: 'claimed' },
    'GET /api/v1/classes/cls_1/this-week': {
      list: { tasks: [{ id: 'tsk_2', title: '读：三本账', title_en: '', minutes: 12 }] },
      make_up: [],
      next: { kind: 'task', task_id: 'tsk_2' },
    },
  }
  const address = `POST /api/v1/topics/${topic.id}/posts`
  table[address] = async (request: Request) => {
    const { client_id } = (await request.json()) as { client_id: string }
    table['GET /api/v1/tasks/tsk_1'] = { id: 'tsk_1', class_id: 'cls_1', state: 'done' }
    return model.post(topic, 'learner', { author_id: wang.person.id, client_id })
  }
  answers(table)
  const page = await showPage(TopicPage, { props: { topicId: topic.id } })
  expect(page.text()).not.toContain('做下一项')
  await publish(page, '我们班这样分')
  await expect.poll(() => page.text()).toContain('做下一项')
  expect(page.text()).toContain('约 12 分钟')
})

test('without a network a post waits on the device, and arrives once when there is one', async () => {
  const table: Record<string, unknown> = model.answersFor(question.id)
  const made = answers(table)
  const page = await open()
  await publish(page, '我们班这样分')
  // It believes in a network, and the server cannot be reached all the same.
  await expect.poll(() => page.text()).toContain('已存在本机，联网后自动发送')
  expect(page.get('textarea').element.value).toBe('')
  await expect.poll(() => made.some((request) => request.method === 'POST')).toBe(true)

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

test('a post refused because the topic was closed meanwhile stays, and can be copied', async () => {
  answers({
    ...model.answersFor(question.id),
    [`POST /api/v1/topics/${question.id}/posts`]: reply(409, {
      code: 'topic.closed',
      title: '这个话题已经结束',
    }),
  })
  const page = await open()
  await publish(page, '来晚了的一段')
  await expect.poll(() => page.text()).toContain('这个话题已经结束')
  await page.get('textarea').setValue('又写了一半')
  page.unmount()
  await expect.poll(async () => (await deviceDb()).count('drafts')).toBe(1)
  question.closed = true
  const again = await open()
  await useOutbox().refresh()
  await expect.poll(() => again.text()).toContain('来晚了的一段')
  expect(again.findAll('button').map((one) => one.text())).not.toContain('取回修改')
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  await button(again, '复制').trigger('click')
  expect(writeText).toHaveBeenCalledWith('来晚了的一段')
  expect(useOutbox().items).toHaveLength(1)
  // The half-written one has no field any more: it is read, and not waited for.
  expect(again.text()).toContain('又写了一半')
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
})

test('words typed while a post is being put away stay in the field', async () => {
  answers(model.answersFor(question.id))
  const page = await open()
  await page.get('textarea').setValue('先说一句。')
  const sent = page.get('form').trigger('submit')
  await page.get('textarea').setValue('先说一句。再想想')
  await sent
  await expect.poll(() => page.get('textarea').element.value).toBe('再想想')
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
  const put = made.find((request) => request.method === 'PUT')
  expect([put?.body, put?.headers.get('If-Match')]).toEqual([{ body: '改好了' }, '"v1"'])
  expect(made.find((request) => request.method === 'DELETE')?.headers.get('If-Match')).toBe('"v2"')
  vi.useRealTimers()
})

/** A post of mine, opened to be corrected. */
async function correcting(words: string, more: Record<string, unknown> = {}) {
  const mine = model.post(question, 'learner', {
    author_id: wang.person.id,
    at: new Date().toISOString(),
    body_source: '写错了',
  })
  const made = answers({ ...model.answersFor(question.id), ...more })
  const page = await open()
  await button(page, '修改').trigger('click')
  const own = () => page.findAll('article')[1] as ReturnType<typeof page.get>
  await own().get('textarea').setValue(words)
  return { mine, made, page, own }
}
const conflict = reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里' })

test('of two corrections both texts are shown, and the chosen one goes over the version that was seen', async () => {
  const table: Record<string, unknown> = {}
  const { mine, made, page, own } = await correcting('手机上改的', table)
  const address = `PUT /api/v1/posts/${mine.id}`
  const sent = answers({
    ...model.answersFor(question.id),
    [address]: (request: Request) => {
      if (request.headers.get('If-Match') !== `"v${mine.version}"`) return conflict
      model.edit(mine, '手机上改的')
      return mine
    },
  })
  expect(made.some((request) => request.method === 'PUT')).toBe(false)
  // The other device has saved, and its event has not come.
  const { tell } = model
  Object.assign(model, { tell: () => undefined })
  model.edit(mine, '电脑上改的')
  Object.assign(model, { tell })
  await own().get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('这里有两份不同的内容')
  expect(page.findAll('blockquote').map((quote) => quote.text())).toEqual(['手机上改的', '电脑上改的'])
  expect(own().get('textarea').element.value).toBe('手机上改的')
  await button(page, '用我写的').trigger('click')
  await own().get('form').trigger('submit')
  await settle()
  expect(sent.filter(({ method }) => method === 'PUT').map(({ headers }) => headers.get('If-Match'))).toEqual(
    ['"v1"', '"v2"'],
  )
  expect(own().text()).toContain('手机上改的')
  expect(own().find('textarea').exists()).toBe(false)
  expect(await (await deviceDb()).count('drafts')).toBe(0)
})

test('a correction survives a dead network and a reload, and is given up only when its author says so', async () => {
  const { page, own } = await correcting('改到一半')
  await own().get('form').trigger('submit')
  await settle()
  expect(own().text()).toContain('连不上服务器')
  page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)

  const again = await open()
  await expect.poll(() => again.findAll('article')[1]?.find('textarea').exists()).toBe(true)
  const text = () => again.findAll('article')[1]?.get('textarea').element.value
  await expect.poll(text).toBe('改到一半')
  await button(again, '取消').trigger('click')
  await settle()
  asked.value?.answer(false)
  await settle()
  expect(text()).toBe('改到一半')
  await button(again, '取消').trigger('click')
  await settle()
  asked.value?.answer(true)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  expect(again.findAll('article')[1]?.find('textarea').exists()).toBe(false)
})

test('a post that is removed while it is corrected leaves its author the words', async () => {
  const { mine, own } = await correcting('改到一半')
  model.remove(mine)
  await settle()
  expect(own().text()).toContain('这条内容已删除')
  expect(own().text()).toContain('您没有保存的修改还在这里')
  expect(own().get('textarea').element.value).toBe('改到一半')
  expect(own().find('[type=submit]').exists()).toBe(false)
})

test('words that were changed meanwhile are not taken away unread', async () => {
  const mine = model.post(question, 'learner', { author_id: wang.person.id })
  const { tell } = model
  answers({ ...model.answersFor(question.id), [`DELETE /api/v1/posts/${mine.id}`]: conflict })
  const page = await open()
  Object.assign(model, { tell: () => undefined })
  model.edit(mine, '换了说法')
  Object.assign(model, { tell })
  await button(page, '删除').trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(page.text()).toContain('内容刚刚被改过，没有删除')
  expect(page.text()).toContain('换了说法')
})

test('what was typed and taken back again asks nothing of whoever signs out', async () => {
  answers(model.answersFor(question.id))
  const page = await open()
  await page.get('textarea').setValue('想问')
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  await page.get('textarea').setValue('')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
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
