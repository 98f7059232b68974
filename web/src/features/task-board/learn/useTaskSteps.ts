// Answers how a learner's steps on a task reach the server: through the outbox, in order, also without a network.
import { computed } from 'vue'
import type { Schema } from '@/shared/api'
import { useOutbox } from '@/shared/outbox/useOutbox'
import type { Call } from '@/shared/outbox/writing'

type Task = Schema<'TaskView'>

export function useTaskSteps(task: () => Task) {
  const outbox = useOutbox()
  const thread = computed(() => `task:${task().id}`)
  /** What of it has not arrived yet. */
  const waiting = computed(() => outbox.waiting.filter((item) => item.thread === thread.value))
  /** Work is taken: claimed, not withdrawn, and not closed for this learner. */
  const isOpen = computed(() => {
    const { is_claimed, phase, is_withdrawn } = task()
    return !is_withdrawn && is_claimed && (phase === 'open' || phase === 'late')
  })

  /** Said already, and not at the server yet: it is not said again. */
  const waitsFor = (call: Call) => outbox.waiting.some((item) => item.url === call.url)

  async function send(call: Call, label: string) {
    await outbox.send({ ...call, thread: thread.value, label, refreshes: [['task-board']] })
  }

  return { waiting, waitsFor, isOpen, thread, send }
}
