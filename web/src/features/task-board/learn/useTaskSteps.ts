// Answers how a learner's steps on a task reach the server: through the outbox, in order, also without a network.
import { computed } from 'vue'
import type { Schema } from '@/shared/api'
import { useOutbox } from '@/shared/outbox/useOutbox'

type Task = Schema<'TaskView'>

export function useTaskSteps(task: () => Task) {
  const outbox = useOutbox()
  const thread = computed(() => `task:${task().id}`)
  const isWaiting = computed(() => outbox.waiting.some((item) => item.thread === thread.value))
  /** Work is taken: claimed, and the week has not closed. */
  const isOpen = computed(() => {
    const { state, phase } = task()
    return state !== 'waiting' && (phase === 'open' || phase === 'late')
  })

  /** `step` is the last part of the task's address. */
  async function send(step: string, label: string, body: unknown = {}) {
    await outbox.send({
      thread: thread.value,
      url: `/api/v1/tasks/${task().id}/${step}`,
      body,
      label,
      refreshes: [['task-board']],
    })
  }

  return { isWaiting, isOpen, send }
}
