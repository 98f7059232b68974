import type { VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { live } from '@/shared/live/socket'
import { deviceDb } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { answers, keepDraft, reply, settle, showPage } from '@/shared/testing/page'
import { ModelClass } from '../exchange/modelClass'
import AskPage from './AskPage.vue'
import ClassPage from './ClassPage.vue'
import TaskTopicPage from './TaskTopicPage.vue'
import TopicPage from './TopicPage.vue'
import TopicsPage from './TopicsPage.vue'

vi.spyOn(live, 'subscribe').mockImplementation(() => () => undefined)

const first = {
  class_id: 'cls_1',
  number: 1,
  name: '一班',
  training_id: 'trn_1',
  training_title: '复式教学',
  training_title_en: 'Mixed-grade teaching',
  training_state: 'running',
  my_role: 'learner',
  charter_is_settled: true,
}
const second = { ...first, class_id: 'cls_2', name: '二班' }

/** A page that this one leads to. */
function withRoute(page: VueWrapper, name: string, path: string) {
  page.vm.$router.addRoute({ name, path, component: { render: () => null } })
}

beforeEach(async () => {
  const db = await deviceDb()
  for (const store of ['outbox', 'drafts', 'kept'] as const) await db.clear(store)
})

test('a question says when it is answered, is safe without a network, and waits on top of the topics', async () => {
  const made = answers({
    'GET /api/v1/my/classes': { items: [first] },
    'GET /api/v1/classes/cls_1/topics': { items: [] },
  })
  const page = await showPage(AskPage)
  withRoute(page, 'forum-websocket.topics', '/learn/classes/:classId/topics')
  expect(page.text()).toContain('一般 30 分钟内有人回应')
  expect(page.find('select').exists()).toBe(false)
  await page.get('form').trigger('submit')
  expect(page.text()).toContain('请写一个标题')
  await page.get('input').setValue('视频打不开')
  await page.get('textarea').setValue('第三周的第二个视频，点了没有反应')
  await page.get('form').trigger('submit')
  await expect.poll(() => made.some((request) => request.method === 'POST')).toBe(true)
  expect(made.find((request) => request.method === 'POST')?.path).toBe('/api/v1/classes/cls_1/topics')
  const kept = await (await deviceDb()).getAll('outbox')
  expect(kept.map((item) => [item.label, item.body])).toEqual([
    [
      '提问：视频打不开',
      {
        kind: 'question',
        title: '视频打不开',
        body: '第三周的第二个视频，点了没有反应',
        client_id: expect.stringMatching(/^.{8,64}$/) as string,
      },
    ],
  ])
  expect(await (await deviceDb()).count('drafts')).toBe(0)
  await expect.poll(() => page.vm.$route.path).toBe('/learn/classes/cls_1/topics')
  page.unmount()

  const topics = await showPage(TopicsPage, { props: { classId: 'cls_1' } })
  await useOutbox().refresh()
  await settle()
  expect(topics.text()).toContain('视频打不开')
  expect(topics.text()).toContain('等待发送')
})

test('with several classes the newest stands there to be changed, or the one that one comes from', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [first, second] } })
  const page = await showPage(AskPage, { language: 'en' })
  expect(page.get('select').element.value).toBe('cls_1')
  await page.get('select').setValue('cls_2')
  expect(page.find('form').exists()).toBe(true)
  page.unmount()
  const directly = await showPage(AskPage, { at: '/learn/ask?class=cls_2' })
  expect(directly.get('select').element.value).toBe('cls_2')
})

test('a question begun in one class does not come up in another, and is there again in its own', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [first, second] } })
  const page = await showPage(AskPage)
  await page.get('input').setValue('视频打不开')
  await page.get('select').setValue('cls_2')
  await settle()
  expect(page.get('input').element.value).toBe('')
  await page.get('select').setValue('cls_1')
  await expect.poll(() => page.get('input').element.value).toBe('视频打不开')
})

const begun = { title: '视频打不开', body: '点了没有反应' }

test.each([
  ['with windows', () => keepDraft('forum-question', begun)],
  [
    'without',
    async () => {
      const row = { key: 'per_wang/forum-question', user: 'per_wang', value: begun, at: 1 }
      await (await deviceDb()).put('drafts', row as never)
    },
  ],
])('a question that an earlier version kept %s, for no class, is there in the first', async (_, keptThen) => {
  await keptThen()
  answers({ 'GET /api/v1/my/classes': { items: [first, second] } })
  const page = await showPage(AskPage)
  await expect.poll(() => page.get('input').element.value).toBe(begun.title)
  await page.get('select').setValue('cls_2')
  await settle()
  expect(page.get('input').element.value).toBe('')
  page.unmount()
  const again = await showPage(AskPage)
  await expect.poll(() => again.get('textarea').element.value).toBe(begun.body)
})

const ended = { ...second, training_state: 'closed' }

test.each([
  ['the only class', [ended], '/learn/ask'],
  ['the class one comes from', [first, ended], '/learn/ask?class=cls_2'],
])('where the training of %s is over, nothing is promised and nothing asked', async (_, items, at) => {
  answers({ 'GET /api/v1/my/classes': { items } })
  await keepDraft('forum-question:cls_2', { title: '证书', body: '什么时候发证书' })
  const page = await showPage(AskPage, { at })
  expect(page.text()).toMatch(/复式教学 · 二班.*培训已经结束/)
  expect(page.text()).toContain('请联系您的项目负责人')
  expect(page.text()).not.toContain('30 分钟')
  expect(page.find('form').exists()).toBe(false)
  await expect.poll(() => page.text()).toContain('什么时候发证书')
})

test('where the training is over, a question that an earlier version kept for no class is there to be read', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [ended] } })
  await keepDraft('forum-question', begun)
  const page = await showPage(AskPage)
  await expect.poll(() => page.text()).toContain(begun.body)
})

test('beside a class that is running, one whose training is over is not offered', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [ended, first] } })
  const page = await showPage(AskPage)
  expect(page.find('select').exists()).toBe(false)
  await page.get('input').setValue('视频打不开')
  await page.get('textarea').setValue('点了没有反应')
  await page.get('form').trigger('submit')
  const kept = () => deviceDb().then((db) => db.getAll('outbox'))
  await expect
    .poll(async () => (await kept()).map(({ url }) => url))
    .toEqual(['/api/v1/classes/cls_1/topics'])
})

test('without a class nothing is promised', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [] } })
  const page = await showPage(AskPage)
  expect(page.text()).toContain('您还没有班级')
  expect(page.text()).not.toContain('30 分钟')
})

test('the topics of a class whose training is over offer no asking, and promise no answer', async () => {
  const model = new ModelClass(() => undefined)
  const question = model.start('question', '怎么分组')
  answers({
    'GET /api/v1/my/classes': { items: [{ ...ended, class_id: 'cls_1' }] },
    ...model.answersFor(question.id),
  })
  const page = await showPage(TopicsPage, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('怎么分组')
  expect(page.text()).not.toContain('待回答')
  expect(page.findAll('a').map((link) => link.text())).not.toContain('提问')
  page.unmount()

  const topic = await showPage(TopicPage, { props: { topicId: question.id } })
  expect(topic.text()).toContain('怎么分组')
  expect(topic.text()).not.toMatch(/约定/)
})

test('one class opens at once with asking a tap away; pinned topics come first', async () => {
  const model = new ModelClass(() => undefined)
  model.start('discussion', '公告').pinned = true
  model.start('question', '怎么分组')
  answers({ 'GET /api/v1/my/classes': { items: [first] }, ...model.answersFor('none') })
  const page = await showPage(ClassPage)
  expect(page.text()).toContain('复式教学 · 一班')
  expect(page.findAll('li').map((row) => row.text())).toEqual([
    expect.stringMatching(/公告.*置顶/),
    expect.stringMatching(/怎么分组.*待回答.*1 条新内容/),
  ])
  expect(page.findAll('a').map((link) => link.text())).toContain('提问')
})

test('several classes are a choice, none is explained', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [first, second] } })
  const page = await showPage(ClassPage)
  expect(page.findAll('li')).toHaveLength(2)
  page.unmount()
  answers({ 'GET /api/v1/my/classes': { items: [] } })
  expect((await showPage(ClassPage)).text()).toContain('您还没有班级')
})

test('a discuss task leads to its topic, by path or by query, and says when it cannot', async () => {
  for (const [props, at] of [
    [{ taskId: 'tsk_1', classId: 'cls_1' }, '/'],
    [{ taskId: 'tsk_1' }, '/learn/tasks/tsk_1/discussion?class=cls_1'],
  ] as const) {
    let open: (topic: object) => void = () => undefined
    const opened = new Promise<object>((resolve) => (open = resolve))
    answers({ 'PUT /api/v1/classes/cls_1/tasks/tsk_1/topic': () => opened })
    const page = await showPage(TaskTopicPage, { props, at })
    withRoute(page, 'forum-websocket.topic', '/learn/topics/:topicId')
    open({ id: 'top_9', class_id: 'cls_1' })
    await settle()
    expect(page.vm.$route.path).toBe('/learn/topics/top_9')
    page.unmount()
  }
  answers({
    'PUT /api/v1/classes/cls_1/tasks/tsk_2/topic': reply(404, { code: 'not_found', title: '没有找到' }),
  })
  const missing = await showPage(TaskTopicPage, { props: { taskId: 'tsk_2', classId: 'cls_1' } })
  expect(missing.get('[role=alert]').text()).toContain('没有找到')
})
