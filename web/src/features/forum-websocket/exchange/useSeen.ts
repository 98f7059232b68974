// Answers how the server learns how far a topic was read: a moment after the last post came, not at each one.
import { useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose, watch } from 'vue'
import { api, call } from '@/shared/api'
import { exchangeKeys } from './queries'
import type { TopicList, TopicPage } from './state'

const PAUSE = 2000

export function useSeen(shown: () => TopicPage | undefined) {
  const client = useQueryClient()
  let unsaid: TopicPage | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    shown,
    (page) => {
      if (!page || lastOf(page) <= page.seen) return
      unsaid = page
      timer ??= setTimeout(() => void say(), PAUSE)
    },
    { immediate: true },
  )

  // Somebody who reads and leaves at once has read.
  onScopeDispose(() => void say())

  async function say() {
    clearTimeout(timer)
    timer = undefined
    if (!unsaid || document.visibilityState === 'hidden') return
    const { id, class_id } = unsaid.topic
    const number = lastOf(unsaid)
    unsaid = undefined
    const params = { path: { topic_id: id } }
    try {
      await call(api.PUT('/api/v1/topics/{topic_id}/seen', { params, body: { number } }))
    } catch {
      // The next visit says it again.
      return
    }
    client.setQueryData<TopicPage>(
      exchangeKeys.topic(id),
      (page) => page && { ...page, seen: Math.max(page.seen, number) },
    )
    client.setQueryData<TopicList>(
      exchangeKeys.topics(class_id),
      (list) =>
        list && {
          ...list,
          items: list.items.map((topic) =>
            topic.id === id ? { ...topic, unread: Math.min(topic.unread, topic.posts - number) } : topic,
          ),
        },
    )
  }
}

function lastOf(page: TopicPage): number {
  return page.posts[page.posts.length - 1]?.number ?? 0
}
