// Answers what is chosen in an attempt: kept on the device with every touch, sent in order when there is a network.
import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import type { Schema } from '@/shared/api'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { learnQueries } from './queries'

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

/** An attempt that was submitted elsewhere, or whose time ran out, takes nothing more. */
const ENDED = ['attempt.submitted', 'attempt.over']
export const isEnded = (problem: { code?: string } | null | undefined) => ENDED.includes(problem?.code ?? '')

/** `label` is what the list of waiting writings says; `onEnded` is told when an answer came too late. */
export function useAttempt(attempt: () => Attempt, label: () => string, onEnded: () => void) {
  const outbox = useOutbox()
  const client = useQueryClient()
  const answers = ref(new Map<string, Chosen>())
  const thread = computed(() => `attempt:${attempt().id}`)
  const mine = computed(() => outbox.items.filter((item) => item.thread === thread.value))
  const isWaiting = computed(() => mine.value.some((item) => item.state === 'waiting'))
  const isRefused = computed(() => mine.value.some((item) => item.state === 'failed'))

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

  watch(
    () => mine.value.some((item) => isEnded(item.problem)),
    async (hasEnded) => {
      if (!hasEnded) return
      await settle()
      onEnded()
    },
    { immediate: true },
  )

  async function choose(item: string, chosen: string[]) {
    // The clock orders the devices of one person; counting up orders touches within a millisecond.
    const seq = Math.max((answers.value.get(item)?.seq ?? 0) + 1, Date.now())
    answers.value.set(item, { seq, chosen })
    keepChosen()
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

  /**
   * What the device keeps of the attempt is as new as the last touch: a page that begins anew shows it, also when the server took
   * the answer and there is no network to ask it. When the attempt was received stays as it was: the clock counts from there.
   */
  function keepChosen() {
    const { queryKey } = learnQueries.attempt(attempt().id)
    client.setQueryData(queryKey, (kept) => kept && { ...kept, answers: all() }, {
      updatedAt: client.getQueryState(queryKey)?.dataUpdatedAt,
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

  return { chosenOf, choose, unanswered, isWaiting, isRefused, all, settle }
}
