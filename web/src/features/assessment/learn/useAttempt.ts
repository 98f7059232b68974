// Answers what is chosen in an attempt: kept on the device with every touch, sent in order when there is a network.
import { computed, ref, watch } from 'vue'
import type { Schema } from '@/shared/api'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'

type Attempt = Schema<'AttemptView'>

interface Chosen {
  seq: number
  chosen: string[]
}

interface Sent {
  item_id: string
  seq: number
  chosen: string[]
}

/** `label` is what the list of waiting writings says. */
export function useAttempt(attempt: () => Attempt, label: () => string) {
  const outbox = useOutbox()
  const answers = ref(new Map<string, Chosen>())
  const thread = computed(() => `attempt:${attempt().id}`)
  const mine = computed(() => outbox.items.filter((item) => item.thread === thread.value))
  const isWaiting = computed(() => mine.value.length > 0)

  function take(item: string, seq: number, chosen: string[]) {
    const known = answers.value.get(item)
    if (!known || known.seq < seq) answers.value.set(item, { seq, chosen })
  }

  // What the server stored, and what this device has not sent yet: the higher number wins, as it does at the server.
  watch(
    [attempt, mine],
    () => {
      for (const answer of attempt().answers) take(answer.item_id, answer.seq, answer.chosen)
      for (const item of mine.value) {
        for (const answer of (item.body as { answers?: Sent[] }).answers ?? []) {
          take(answer.item_id, answer.seq, answer.chosen)
        }
      }
    },
    { immediate: true },
  )
  void outbox.refresh()

  async function choose(item: string, chosen: string[]) {
    // The clock orders the devices of one person; counting up orders touches within a millisecond.
    const seq = Math.max((answers.value.get(item)?.seq ?? 0) + 1, Date.now())
    answers.value.set(item, { seq, chosen })
    await outbox.send({
      thread: thread.value,
      ...writing(
        'PUT',
        '/api/v1/attempts/{attempt_id}/answers',
        { attempt_id: attempt().id },
        { answers: [{ item_id: item, seq, chosen }] },
      ),
      label: label(),
    })
  }

  const chosenOf = (item: string): string[] => answers.value.get(item)?.chosen ?? []
  const unanswered = computed(() =>
    attempt().items.reduce<number[]>(
      (open, item, at) => (chosenOf(item.id).length === 0 ? [...open, at] : open),
      [],
    ),
  )
  /** Everything that is chosen, for submitting: nothing depends on what was sent before. */
  const all = (): Sent[] => [...answers.value].map(([item_id, chosen]) => ({ item_id, ...chosen }))

  /** After submitting, what still waits here was in the submission. */
  async function settle() {
    for (const item of mine.value) await outbox.dropItem(item)
  }

  return { chosenOf, choose, unanswered, isWaiting, all, settle }
}
