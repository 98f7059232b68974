import { useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { live, type ChannelListener } from '@/shared/live/socket'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import { ModelClass } from './modelClass'
import { exchangeKeys, exchangeQueries, loadMorePosts, loadMoreTopics } from './queries'
import {
  extended,
  pageAfter,
  waitingAfter,
  type Post,
  type Topic,
  type TopicList,
  type TopicPage,
} from './state'
import { useExchange } from './useExchange'

let listener: ChannelListener | undefined
vi.spyOn(live, 'subscribe').mockImplementation((_channel, joined) => {
  listener = joined
  return () => undefined
})

let model: ModelClass
let client: QueryClient
let first: Topic

/** Follows a class and shows everything: its list, one topic, what waits. */
const Follower = defineComponent({
  setup() {
    client = useQueryClient()
    useExchange(() => ['cls_1'])
    useQuery(exchangeQueries.topics('cls_1'))
    useQuery(exchangeQueries.topic(first.id))
    useQuery(exchangeQueries.unanswered('cls_1'))
    return () => null
  },
})

/** What is shown; a cursor is the server's own, so only whether there is one counts. */
function shown() {
  const list = client.getQueryData<TopicList>(exchangeKeys.topics('cls_1'))
  return JSON.parse(
    JSON.stringify({
      items: list?.items,
      hasMore: Boolean(list?.next),
      page: client.getQueryData<TopicPage>(exchangeKeys.topic(first.id)),
      waiting: client.getQueryData<Topic[]>(exchangeKeys.unanswered('cls_1')),
    }),
  ) as { items: unknown[]; hasMore: boolean; page: TopicPage; waiting: Topic[] }
}

async function fetchedAnew() {
  await client.refetchQueries()
  await settle()
  return shown()
}

/** Numbers that look random and are the same at every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * sides)
  }
}

const mine = { author_id: wang.person.id }

function happen(roll: (sides: number) => number) {
  const topic = roll(3) === 0 ? first : (model.topics[roll(model.topics.length)] as Topic)
  const posts = model.posts.get(topic.id) as Post[]
  const post = posts[roll(posts.length)] as Post
  const happenings = [
    () => model.start(roll(2) === 0 ? 'question' : 'discussion'),
    () => model.post(topic),
    () => model.post(topic, roll(4) === 0 ? 'assistant' : 'learner', roll(3) === 0 ? mine : {}),
    () => model.edit(post, `改过 ${roll(1000)}`),
    () => model.remove(post),
    () => model.change(topic, { pinned: !topic.pinned }),
    () => model.change(topic, { closed: !topic.closed }),
  ]
  happenings[roll(happenings.length)]?.()
}

beforeEach(() => {
  listener = undefined
  model = new ModelClass((event) => listener?.onEvent?.(event))
  first = model.start('question')
})

describe('state and events equal a fresh fetch', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('whatever happens (%i)', async (seed) => {
    const roll = dice(seed)
    // Some classes begin with more than one page of topics and posts.
    for (let made = 0; made < (seed % 2) * 45; made += 1) model.start('discussion')
    for (let made = 0; made < (seed % 3) * 35; made += 1) model.post(first)
    answers(model.answersFor(first.id))
    await showPage(Follower)
    for (let round = 0; round < 12; round += 1) {
      for (let turn = 0; turn < 8; turn += 1) happen(roll)
      if (roll(4) === 0) await loadMorePosts(client, first.id)
      if (roll(4) === 0) await loadMoreTopics(client, 'cls_1')
      await settle()
      const before = shown()
      expect(before).toEqual(await fetchedAnew())
    }
  })

  test.each([11, 12, 13])('also when events overtake the answer (%i)', async (seed) => {
    const roll = dice(seed)
    let late: (() => void)[] = []
    const table = Object.entries(model.answersFor(first.id)).map(([address, answer]) => [
      address,
      async (request: Request) => {
        const said = answer(request)
        // The server has spoken, the network has not delivered yet.
        await new Promise<void>((arrive) => late.push(arrive))
        return said
      },
    ])
    answers(Object.fromEntries(table) as Record<string, unknown>)
    const arrive = async () => {
      while (late.length > 0) {
        const [...now] = late
        late = []
        for (const go of now) go()
        await settle()
      }
    }
    await showPage(Follower)
    for (let round = 0; round < 10; round += 1) {
      for (let turn = 0; turn < 4; turn += 1) happen(roll)
      await arrive()
      const before = shown()
      const fresh = fetchedAnew()
      await settle()
      await arrive()
      expect(before).toEqual(await fresh)
      void client.refetchQueries()
      await settle()
    }
  })

  test('events that cannot be replayed make everything be asked again', async () => {
    answers(model.answersFor(first.id))
    await showPage(Follower)
    const { tell } = model
    Object.assign(model, { tell: () => undefined })
    model.post(first, 'assistant')
    model.start('question')
    Object.assign(model, { tell })
    expect(shown().page.posts).toHaveLength(1)
    listener?.onResync?.()
    await settle()
    expect(shown().page.posts).toHaveLength(2)
    expect(shown().items).toHaveLength(2)
    expect(shown().waiting.map((topic) => topic.id)).toEqual([model.topics[1]?.id])
  })
})

test('a post beyond the next one says that something is missing, and a page read on holds everything once', () => {
  const page = model.page(first.id, 0, 40)
  const post = model.post(first)
  const later = model.post(first)
  const topic = { ...first }
  const gap = pageAfter(page, { kind: 'post_added', data: { post: later, topic } })
  expect([gap.posts.length, gap.next, gap.topic.posts]).toEqual([1, 1, 3])
  const whole = extended(gap, model.page(first.id, 1, 40))
  expect(whole.posts.map((one) => one.number)).toEqual([1, 2, 3])
  expect(whole.next).toBeUndefined()
  expect(pageAfter(whole, { kind: 'post_added', data: { post, topic: { ...topic, posts: 2 } } })).toEqual(
    whole,
  )
})

test('a correction that the answer has overtaken changes nothing', () => {
  const post = model.post(first)
  const older = { ...post }
  model.edit(post, '又改了')
  const page = model.page(first.id, 0, 40)
  expect(pageAfter(page, { kind: 'post_changed', data: older })).toEqual(page)
})

test('an answered question no longer waits', () => {
  const waiting = model.unanswered()
  expect(waiting).toHaveLength(1)
  const post = model.post(first, 'expert')
  expect(waitingAfter(waiting, { kind: 'post_added', data: { post, topic: first } })).toEqual([])
})
