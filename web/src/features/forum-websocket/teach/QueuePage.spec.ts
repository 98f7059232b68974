import type { QueryClient } from '@tanstack/vue-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { answers, settle, showPage, type Answer } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { ModelClass } from '../exchange/modelClass'
import { exchangeKeys } from '../exchange/queries'
import type { Topic } from '../exchange/state'
import QueuePage from './QueuePage.vue'
import TopicPage from './TopicPage.vue'

const listeners = new Map<string, ChannelListener>()
vi.spyOn(live, 'subscribe').mockImplementation((channel, joined) => {
  listeners.set(channel, joined)
  return () => listeners.delete(channel)
})

const mine = (class_id: string, name: string, my_role: string) => ({
  class_id,
  number: 1,
  name,
  training_id: 'trn_1',
  training_title: '复式教学',
  training_title_en: 'Mixed-grade teaching',
  training_state: 'running',
  my_role,
  charter_is_settled: true,
})

let model: ModelClass

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-20T01:00:00Z') })
  model = new ModelClass((event) => listeners.get('class:cls_1')?.onEvent?.(event))
})

afterEach(() => {
  vi.useRealTimers()
})

function waitingElsewhere(): Topic {
  const other = new ModelClass(() => undefined).start('question', '别班的问题')
  return {
    ...other,
    id: 'top_other',
    class_id: 'cls_2',
    asked_at: '2026-11-20T00:20:00Z',
    answer_by: '2026-11-20T00:50:00Z',
  }
}

test('questions of all my classes wait in one queue against the promise; answered ones leave it by themselves', async () => {
  const question = model.start('question', '怎么分组')
  answers({
    'GET /api/v1/my/classes': {
      items: [
        mine('cls_1', '一班', 'assistant'),
        mine('cls_2', '二班', 'expert'),
        mine('cls_3', '三班', 'learner'),
      ],
    },
    ...model.answersFor(question.id),
    'GET /api/v1/classes/cls_2/unanswered': [waitingElsewhere()],
  })
  const page = await showPage(QueuePage)
  expect([...listeners.keys()].sort()).toEqual(['class:cls_1', 'class:cls_2'])
  expect(page.text()).toContain('2 个问题在等，约定 30 分钟内回应')
  const rows = () => page.findAll('main li, li').map((row) => row.text())
  expect(rows()[0]).toMatch(/别班的问题.*超时 10 分钟.*二班/)
  expect(rows()[1]).toMatch(/怎么分组.*还剩 30 分钟/)
  model.start('question', '又一个问题')
  await settle()
  expect(rows()[2]).toContain('又一个问题')
  model.post(question, 'assistant')
  await settle()
  expect(page.text()).not.toContain('怎么分组')
})

test('an empty queue and somebody without a class are told apart', async () => {
  answers({
    'GET /api/v1/my/classes': { items: [mine('cls_1', '一班', 'assistant')] },
    ...model.answersFor(''),
  })
  const page = await showPage(QueuePage)
  expect(page.text()).toContain('没有问题在等')
  page.unmount()
  answers({ 'GET /api/v1/my/classes': { items: [mine('cls_1', '一班', 'learner')] } })
  expect((await showPage(QueuePage, { language: 'en' })).text()).toContain('You do not lead a class yet')
})

test.each([
  ['zh-CN', '您带的培训都已经结束'],
  ['en', 'The trainings of your classes are over'],
] as const)('in %s, whose trainings are over is not told to wait for a class', async (language, words) => {
  const items = [
    { ...mine('cls_1', '一班', 'assistant'), training_state: 'closed' },
    mine('cls_2', '二班', 'learner'),
  ]
  answers({ 'GET /api/v1/my/classes': { items } })
  const page = await showPage(QueuePage, { language })
  expect(page.text()).toContain(words)
  expect(page.text()).not.toMatch(/还没有带班|分班公布后|do not lead a class/)
})

test('the other work of a class is counted below its questions', async () => {
  answers({
    'GET /api/v1/my/classes': { items: [mine('cls_1', '一班', 'assistant')] },
    ...model.answersFor(''),
    'GET /api/v1/classes/cls_1/grading-queue': { items: [{}, {}] },
    'GET /api/v1/classes/cls_1/falling-behind': { items: [] },
  })
  const page = await showPage(QueuePage)
  const rows = page.findAll('li').map((row) => row.text())
  expect(rows).toEqual([
    expect.stringMatching(/待批改的作业.*2 项/),
    expect.stringMatching(/需要关心的学员.*没有/),
    expect.stringContaining('交流区'),
  ])
})

test('one class out of reach is said, the others still show', async () => {
  answers({
    'GET /api/v1/my/classes': {
      items: [mine('cls_1', '一班', 'assistant'), mine('cls_2', '二班', 'assistant')],
    },
    'GET /api/v1/classes/cls_2/unanswered': [waitingElsewhere()],
  })
  const page = await showPage(QueuePage)
  expect(page.get('[role=alert]').text()).toContain('连不上服务器')
  expect(page.text()).toContain('别班的问题')
})

test('a queue that was read before stands there without a network, and says from when it is', async () => {
  const table: Record<string, Answer> = {
    'GET /api/v1/my/classes': { items: [mine('cls_2', '二班', 'assistant')] },
    'GET /api/v1/classes/cls_2/unanswered': [waitingElsewhere()],
  }
  answers(table)
  const page = await showPage(QueuePage)
  expect(page.text()).not.toContain('本机保存的内容')
  delete table['GET /api/v1/classes/cls_2/unanswered']
  const client = page.vm.$.appContext.provides.VUE_QUERY_CLIENT as QueryClient
  await client.refetchQueries({ queryKey: exchangeKeys.unanswered('cls_2') })
  await settle()
  expect(page.text()).toContain('别班的问题')
  expect(page.text()).toContain('本机保存的内容，更新于')
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('staff answer, pin, close and remove', async () => {
  const question = model.start('question', '怎么分组')
  const post = model.posts.get(question.id)?.[0]
  if (!post) throw new Error('a topic begins with a post')
  const plain = model.answersFor(question.id)
  const address = `/api/v1/topics/${question.id}`
  const table: Record<string, Answer> = {
    ...plain,
    [`GET ${address}`]: (request: Request) => ({
      ...(plain[`GET ${address}`]?.(request) as object),
      staff: true,
    }),
    [`PUT ${address}/pinned`]: () => {
      model.change(question, { pinned: true })
      return question
    },
    [`PUT ${address}/closed`]: () => {
      model.change(question, { closed: true })
      return question
    },
    [`DELETE /api/v1/posts/${post.id}`]: () => {
      model.remove(post)
      return post
    },
  }
  const made = answers(table)
  const page = await showPage(TopicPage, { props: { topicId: question.id } })
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((button) => button.text() === text)
      ?.trigger('click')
    await settle()
    asked.value?.answer(true)
    await settle()
  }
  expect(page.text()).toContain('回答这个问题')
  await press('置顶')
  await press('结束话题')
  await press('删除')
  expect(
    made.filter((one) => one.method !== 'GET' && !one.path.endsWith('/seen')).map((one) => one.body),
  ).toEqual([{ pinned: true }, { closed: true }, undefined])
  for (const text of ['取消置顶', '重新开放', '已结束', '这条内容已删除', '还可以回复']) {
    expect(page.text()).toContain(text)
  }
  expect(page.find('textarea').exists()).toBe(true)
  page.unmount()
  await settle()
})
