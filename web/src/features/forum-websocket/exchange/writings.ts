// Answers what of mine for the exchange area is still on this device, and how it gets there.
import { computed, type ComputedRef } from 'vue'
import { freshId } from '@/shared/lib/id'
import type { OutboxItem } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { exchangeKeys } from './queries'
import type { Topic } from './state'

export const LONGEST_POST = 4000
export const LONGEST_TITLE = 100

export interface NewTopic {
  kind: 'question' | 'discussion'
  title: string
  body: string
}

export interface PendingPost {
  item: OutboxItem
  clientId: string
  body: string
}

export interface PendingTopic {
  item: OutboxItem
  topic: NewTopic
}

/** Characters as the server counts them. */
export function lengthOf(text: string): number {
  return [...text.trim()].length
}

/** Each writing carries a `client_id` from the start: however often it is sent, it is one post. */
export function useWritings() {
  const outbox = useOutbox()

  return {
    post: ({ id, task_id }: Pick<Topic, 'id' | 'task_id'>, body: string, label: string) =>
      outbox.send({
        // A first post in a task's topic does that task: the week shows that it waits.
        thread: task_id ? `task:${task_id}` : `forum-topic:${id}`,
        ...postTo(id, body),
        label,
        words: ['body'],
        refreshes: [exchangeKeys.topic(id), ['task-board']],
      }),

    topic: (classId: string, topic: NewTopic, label: string) =>
      outbox.send({
        thread: threadOfClass(classId),
        ...writing(
          'POST',
          '/api/v1/classes/{class_id}/topics',
          { class_id: classId },
          { ...topic, client_id: freshId() },
        ),
        label,
        words: ['title', 'body'],
        refreshes: [exchangeKeys.topics(classId), exchangeKeys.unanswered(classId)],
      }),

    pendingPosts: (topicId: () => string): ComputedRef<PendingPost[]> =>
      computed(() =>
        outbox.items
          .filter((item) => item.url === postTo(topicId(), '').url)
          .map((item) => {
            const { body, client_id } = item.body as { body: string; client_id: string }
            return { item, clientId: client_id, body }
          }),
      ),

    pendingTopics: (classId: () => string): ComputedRef<PendingTopic[]> =>
      computed(() =>
        outbox.items
          .filter((item) => item.thread === threadOfClass(classId()))
          .map((item) => ({ item, topic: item.body as NewTopic })),
      ),
  }
}

/** Where a question that is being written is kept: what is begun in one class does not come up in another. */
export function draftOfQuestion(classId: string): string {
  return `forum-question:${classId}`
}

/** Where it was kept before each class had its own: what was begun then comes up in the class that is opened first. */
export const DRAFT_OF_ANY_QUESTION = 'forum-question'

/** Where a post that is being written is kept. */
export function draftOfPost(topicId: string): string {
  return `forum-post:${topicId}`
}

function postTo(topic_id: string, body: string) {
  return writing('POST', '/api/v1/topics/{topic_id}/posts', { topic_id }, { body, client_id: freshId() })
}

function threadOfClass(classId: string): string {
  return `forum-class:${classId}`
}
