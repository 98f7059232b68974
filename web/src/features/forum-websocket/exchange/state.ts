// Answers what a page shows after an event of its class: the same as if it had asked the server anew.
import type { Schema } from '@/shared/api'
import type { LiveEvent } from '@/shared/live/socket'

export type Topic = Schema<'TopicView'>
export type Post = Schema<'PostView'>
/** A topic with its posts from the first on; `next` while there are more. */
export type TopicPage = Schema<'TopicPageView'>
export type TopicList = Schema<'Paged_ListedTopicView'>

export type ExchangeEvent =
  | { kind: 'topic_added' | 'topic_changed'; data: Topic }
  | { kind: 'post_added'; data: { post: Post; topic: Topic } }
  | { kind: 'post_changed'; data: Post }

const KINDS = ['topic_added', 'topic_changed', 'post_added', 'post_changed']

/** A class's channel carries more than its exchange area. */
export function readEvent({ kind, data }: LiveEvent): ExchangeEvent | undefined {
  return KINDS.includes(kind) ? ({ kind, data } as ExchangeEvent) : undefined
}

export function topicIdOf(event: ExchangeEvent): string {
  return event.kind === 'post_changed' ? event.data.topic_id : topicOf(event).id
}

export function pageAfter(page: TopicPage, event: ExchangeEvent): TopicPage {
  if (topicIdOf(event) !== page.topic.id) return page
  if (event.kind === 'post_changed') {
    const { data } = event
    return { ...page, posts: page.posts.map((post) => (post.id === data.id ? newerPost(post, data) : post)) }
  }
  const after = { ...page, topic: newer(page.topic, topicOf(event)) }
  if (event.kind !== 'post_added' || isPartial(page)) return after
  const { post } = event.data
  const last = lastNumber(page)
  if (post.number === last + 1) return { ...after, posts: [...page.posts, post] }
  // Beyond the next number something was missed: the page has more to load. Before it, the post is there already.
  return post.number > last ? { ...after, next: last } : after
}

/** The next stretch of posts, put behind those that are there. */
export function extended(page: TopicPage, more: TopicPage): TopicPage {
  const last = lastNumber(page)
  const posts = [...page.posts, ...more.posts.filter((post) => post.number > last)]
  return { ...more, topic: newer(page.topic, more.topic), posts, seen: Math.max(page.seen, more.seen) }
}

/** What I wrote is nothing new to me. Undefined when the list cannot know: the topic lies beyond what it has loaded, and how far I read it is the server's to say. */
export function listAfter(
  list: TopicList,
  event: ExchangeEvent,
  me: string | undefined,
): TopicList | undefined {
  if (event.kind === 'post_changed') return list
  const told = topicOf(event)
  const known = list.items.find((topic) => topic.id === told.id)
  if (!known) {
    // What is pinned now belongs on top, however far down it was.
    const isBeyond = event.kind === 'topic_changed' && list.next && !told.pinned
    if (event.kind !== 'topic_added') return isBeyond ? list : undefined
    return {
      ...list,
      items: byActivity([{ ...told, unread: told.author_id === me ? 0 : told.posts }, ...list.items]),
    }
  }
  const own = event.kind === 'post_added' && event.data.post.author_id === me ? 1 : 0
  const unread = known.unread + Math.max(0, told.posts - known.posts - own)
  const topic = { ...newer(known, told), unread }
  return { ...list, items: byActivity(list.items.map((item) => (item === known ? topic : item))) }
}

export function waitingAfter(waiting: Topic[], event: ExchangeEvent): Topic[] {
  if (event.kind === 'post_changed') return waiting
  const told = topicOf(event)
  const rest = waiting.filter((topic) => topic.id !== told.id)
  if (told.kind !== 'question' || told.first_response_at) return rest
  return byWaiting([...rest, told])
}

/** Longest waiting first. */
export function byWaiting<Item extends Topic>(topics: Item[]): Item[] {
  return [...topics].sort((one, other) => order(one.asked_at ?? '', other.asked_at ?? ''))
}

export function kindOf(topic: Topic): 'task' | 'question' | 'discussion' {
  if (topic.task_id) return 'task'
  return topic.kind === 'question' ? 'question' : 'discussion'
}

export function isPartial(page: TopicPage): boolean {
  return page.next !== undefined && page.next !== null
}

function topicOf(event: Exclude<ExchangeEvent, { kind: 'post_changed' }>): Topic {
  return event.kind === 'post_added' ? event.data.topic : event.data
}

/** Posts are never taken away, so the view that counts fewer is the older one. */
function newer<Older extends Topic>(known: Older, told: Topic): Older {
  return told.posts < known.posts ? known : { ...known, ...told }
}

/** An event may have been overtaken by the answer that is shown. */
function newerPost(known: Post, told: Post): Post {
  return told.version < known.version ? known : told
}

function lastNumber(page: TopicPage): number {
  return page.posts[page.posts.length - 1]?.number ?? 0
}

function byActivity<Item extends Topic>(topics: Item[]): Item[] {
  return [...topics].sort(
    (one, other) => order(other.last_post_at, one.last_post_at) || order(other.id, one.id),
  )
}

function order(one: string, other: string): number {
  const [first, second] = [instant(one), instant(other)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** Times of one length compare as text, to the microsecond; what is not a time compares as it is. */
function instant(text: string): string {
  const time = /^(.{19})(?:\.(\d+))?Z$/.exec(text)
  return time ? `${time[1]}.${(time[2] ?? '').padEnd(9, '0')}` : text
}
