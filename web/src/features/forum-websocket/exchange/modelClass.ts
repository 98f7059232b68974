// For specs: a class's exchange area as the server keeps it, with the events it tells and the answers it gives.
import type { LiveEvent } from '@/shared/live/socket'
import { byWaiting, type Post, type Topic, type TopicList, type TopicPage } from './state'

const START = Date.parse('2026-11-20T01:00:00Z')

export class ModelClass {
  readonly topics: Topic[] = []
  readonly posts = new Map<string, Post[]>()
  readonly seen = new Map<string, number>()
  #made = 0
  #told = 0

  constructor(
    readonly tell: (event: LiveEvent) => void,
    readonly reader = 'per_wang',
  ) {}

  start(kind: 'question' | 'discussion', title = `题目 ${this.#made}`): Topic {
    const at = this.#tick()
    const topic: Topic = {
      id: `top_${String(this.#made).padStart(6, '0')}`,
      class_id: 'cls_1',
      task_id: null,
      author_id: 'per_li',
      author_name: '李春',
      kind,
      title,
      pinned: false,
      closed: false,
      posts: 1,
      last_post_at: at,
      asked_at: kind === 'question' ? at : null,
      answer_by: kind === 'question' ? new Date(Date.parse(at) + 30 * 60_000).toISOString() : null,
      first_response_at: null,
    }
    this.topics.push(topic)
    this.posts.set(topic.id, [this.#written(topic, 'learner', at)])
    this.#event('topic_added', topic)
    return topic
  }

  post(topic: Topic, role: Post['author_role'] = 'learner', more: Partial<Post> = {}): Post {
    const at = this.#tick()
    topic.posts += 1
    topic.last_post_at = at
    if (role !== 'learner' && topic.kind === 'question') topic.first_response_at ??= at
    const post = { ...this.#written(topic, role, at), ...more }
    this.posts.get(topic.id)?.push(post)
    this.#event('post_added', { post, topic })
    return post
  }

  edit(post: Post, body: string) {
    const version = post.version + 1
    Object.assign(post, {
      version,
      body_source: body,
      body_html: `<p>${body}</p>`,
      edited_at: this.#tick(),
    })
    this.#event('post_changed', post)
  }

  remove(post: Post) {
    Object.assign(post, { version: post.version + 1, removed: true, body_source: '', body_html: '' })
    this.#event('post_changed', post)
    const topic = this.topics.find((candidate) => candidate.id === post.topic_id)
    if (topic?.kind !== 'question' || post.author_role === 'learner') return
    const left = this.posts.get(topic.id)?.find((one) => one.author_role !== 'learner' && !one.removed)
    const answered = left?.at ?? null
    if (answered !== topic.first_response_at) this.change(topic, { first_response_at: answered })
  }

  change(topic: Topic, change: Partial<Topic>) {
    Object.assign(topic, change)
    this.#event('topic_changed', topic)
  }

  list(limit: number, after: string | null): TopicList {
    const sorted = [...this.topics].sort((one, other) => (one.last_post_at < other.last_post_at ? 1 : -1))
    const rest = after === null ? sorted : sorted.filter((topic) => topic.last_post_at < after)
    const items = rest.slice(0, limit).map((topic) => ({ ...topic, unread: this.#unread(topic.id) }))
    const last = items[items.length - 1]
    return copy(last && rest.length > limit ? { items, next: last.last_post_at } : { items })
  }

  page(topicId: string, after: number, limit: number): TopicPage {
    const topic = this.topics.find((candidate) => candidate.id === topicId) as Topic
    const posts = (this.posts.get(topicId) ?? []).filter((post) => post.number > after).slice(0, limit)
    const last = posts[posts.length - 1]?.number ?? after
    const next = last < topic.posts ? { next: last } : {}
    return copy({ topic, posts, ...next, seen: this.seen.get(topicId) ?? 0, staff: false })
  }

  unanswered(): Topic[] {
    return copy(
      byWaiting(this.topics.filter((topic) => topic.kind === 'question' && !topic.first_response_at)),
    )
  }

  /** For `answers({ … })` of the addresses of one topic. */
  answersFor(topicId: string): Record<string, (request: Request) => unknown> {
    const asked = (request: Request, name: string) => new URL(request.url).searchParams.get(name)
    return {
      'GET /api/v1/classes/cls_1/topics': (request) =>
        this.list(Number(asked(request, 'limit')), asked(request, 'after')),
      [`GET /api/v1/topics/${topicId}`]: (request) =>
        this.page(topicId, Number(asked(request, 'after')), Number(asked(request, 'limit'))),
      'GET /api/v1/classes/cls_1/unanswered': () => this.unanswered(),
    }
  }

  #unread(topicId: string): number {
    const seen = this.seen.get(topicId) ?? 0
    const posts = this.posts.get(topicId) ?? []
    return posts.filter((post) => post.number > seen && !post.removed && post.author_id !== this.reader)
      .length
  }

  #written(topic: Topic, role: Post['author_role'], at: string): Post {
    const body = `内容 ${this.#made}`
    return {
      id: `pst_${this.#made}`,
      topic_id: topic.id,
      number: topic.posts,
      version: 1,
      author_id: role === 'learner' ? 'per_li' : 'per_zhao',
      author_name: role === 'learner' ? '李春' : '赵敏',
      author_role: role,
      client_id: `client-${this.#made}`,
      body_source: body,
      body_html: `<p>${body}</p>`,
      at,
      edited_at: null,
      removed: false,
    }
  }

  #tick(): string {
    this.#made += 1
    return new Date(START + this.#made * 1000).toISOString()
  }

  #event(kind: string, data: unknown) {
    this.#told += 1
    this.tell({ channel: 'class:cls_1', number: this.#told, kind, data: copy(data) })
  }
}

/** What went over the wire does not change any more. */
function copy<Data>(data: Data): Data {
  return JSON.parse(JSON.stringify(data)) as Data
}
