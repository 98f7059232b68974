// What the exchange area asks the server. A question asked again fetches as much as the page has loaded.
import { queryOptions, type QueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'
import { useSession } from '@/shared/session/session'
import { askWhileHearing } from './heard'
import {
  extended,
  isPartial,
  listAfter,
  pageAfter,
  topicIdOf,
  waitingAfter,
  type ExchangeEvent,
  type Topic,
  type TopicList,
  type TopicPage,
} from './state'

/** How much comes at once: a screen or two on a slow network. */
export const POSTS_AT_ONCE = 40
export const TOPICS_AT_ONCE = 30
/** What the server gives at most. */
const MOST_POSTS = 100
const MOST_TOPICS = 200

type Text = MaybeRefOrGetter<string>

export const exchangeKeys = {
  topics: (classId: string) => ['forum-websocket', 'topics', classId],
  topic: (topicId: string) => ['forum-websocket', 'topic', topicId],
  everyTopic: ['forum-websocket', 'topic'],
  unanswered: (classId: string) => ['forum-websocket', 'unanswered', classId],
}

export const exchangeQueries = {
  topics: (classId: Text) =>
    queryOptions({
      queryKey: ['forum-websocket', 'topics', classId],
      queryFn: ({ client }): Promise<TopicList> => {
        const id = toValue(classId)
        const have = client.getQueryData<TopicList>(exchangeKeys.topics(id))?.items.length ?? 0
        return readTopicsNow(id, have)
      },
      meta: { keep: true },
    }),

  topic: (topicId: Text) =>
    queryOptions({
      queryKey: ['forum-websocket', 'topic', topicId],
      queryFn: ({ client }): Promise<TopicPage> => {
        const id = toValue(topicId)
        const known = client.getQueryData<TopicPage>(exchangeKeys.topic(id))
        return askWhileHearing(() => readTopic(id, known), pageAfter)
      },
      meta: { keep: true },
    }),

  /** For `useQueries`: one for each class that somebody leads. */
  unanswered: (classId: string) => ({
    queryKey: exchangeKeys.unanswered(classId),
    queryFn: (): Promise<Topic[]> =>
      askWhileHearing(
        () =>
          call(api.GET('/api/v1/classes/{class_id}/unanswered', { params: { path: { class_id: classId } } })),
        (waiting, event) => (isOfClass(event, classId) ? waitingAfter(waiting, event) : waiting),
      ),
    meta: { keep: true },
  }),

  /** Opens the topic the first time somebody of the class asks for it; afterwards it stays the same one. */
  taskTopic: (classId: Text, taskId: Text) =>
    queryOptions({
      queryKey: ['forum-websocket', 'task-topic', classId, taskId],
      queryFn: () =>
        call(
          api.PUT('/api/v1/classes/{class_id}/tasks/{task_id}/topic', {
            params: { path: { class_id: toValue(classId), task_id: toValue(taskId) } },
          }),
        ),
      staleTime: Infinity,
      meta: { keep: true },
    }),
}

export async function loadMorePosts(client: QueryClient, topicId: string): Promise<void> {
  const key = exchangeKeys.topic(topicId)
  const after = client.getQueryData<TopicPage>(key)?.next
  if (after === undefined || after === null) return
  const more = await askWhileHearing(() => readPosts(topicId, after, POSTS_AT_ONCE), pageAfter)
  client.setQueryData<TopicPage>(key, (page) => page && extended(page, more))
}

export async function loadMoreTopics(client: QueryClient, classId: string): Promise<void> {
  const key = exchangeKeys.topics(classId)
  const after = client.getQueryData<TopicList>(key)?.next
  if (!after) return
  const more = await askWhileHearing(
    () => readSomeTopics(classId, after, TOPICS_AT_ONCE),
    (some, event) =>
      some.items.some((topic) => topic.id === topicIdOf(event)) ? listOf(classId)(some, event) : some,
  )
  client.setQueryData<TopicList>(key, (list) => list && joined(list, more))
}

export function isOfClass(event: ExchangeEvent, classId: string): boolean {
  if (event.kind === 'post_changed') return false
  return (event.kind === 'post_added' ? event.data.topic : event.data).class_id === classId
}

/** As much as is known already; and all, if all was known. */
async function readTopic(topicId: string, known: TopicPage | undefined): Promise<TopicPage> {
  const wasWhole = known !== undefined && !isPartial(known)
  const have = known?.posts.length ?? 0
  let page = await readPosts(topicId, 0, wasWhole ? have + POSTS_AT_ONCE : Math.max(POSTS_AT_ONCE, have))
  while (isPartial(page) && (wasWhole || page.posts.length < have)) {
    const missing = wasWhole ? MOST_POSTS : have - page.posts.length
    page = extended(page, await readPosts(topicId, page.next ?? 0, missing))
  }
  return page
}

function readPosts(topicId: string, after: number, limit: number): Promise<TopicPage> {
  return call(
    api.GET('/api/v1/topics/{topic_id}', {
      params: { path: { topic_id: topicId }, query: { after, limit: Math.min(limit, MOST_POSTS) } },
    }),
  )
}

/** Whether a post that went meanwhile was still to be read is the server's to say: it is asked again. */
async function readTopicsNow(classId: string, have: number): Promise<TopicList> {
  let isOld = false
  const after = listOf(classId)
  const list = await askWhileHearing(
    () => readTopics(classId, have),
    (known, event) => {
      isOld ||= event.kind === 'post_changed' && event.data.removed
      return after(known, event)
    },
  )
  return isOld ? readTopicsNow(classId, have) : list
}

async function readTopics(classId: string, have: number): Promise<TopicList> {
  let list = await readSomeTopics(classId, undefined, Math.max(TOPICS_AT_ONCE, have))
  while (list.next && list.items.length < have) {
    list = joined(list, await readSomeTopics(classId, list.next, have - list.items.length))
  }
  return list
}

function readSomeTopics(classId: string, after: string | undefined, limit: number): Promise<TopicList> {
  return call(
    api.GET('/api/v1/classes/{class_id}/topics', {
      params: { path: { class_id: classId }, query: { after, limit: Math.min(limit, MOST_TOPICS) } },
    }),
  )
}

/** A topic that moved up meanwhile is there already. */
function joined(list: TopicList, more: TopicList): TopicList {
  const known = new Set(list.items.map((topic) => topic.id))
  return { ...more, items: [...list.items, ...more.items.filter((topic) => !known.has(topic.id))] }
}

/** What an answer cannot know after an event stays as it was; whoever heard the event asks anew. */
function listOf(classId: string) {
  return (list: TopicList, event: ExchangeEvent): TopicList =>
    isOfClass(event, classId) ? (listAfter(list, event, useSession().personId) ?? list) : list
}
