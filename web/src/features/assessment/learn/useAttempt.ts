// Answers what is chosen in an attempt: kept on the device with every touch, sent in order when there is a network.
import { useQueryClient } from '@tanstack/vue-query'
import { computed, shallowReactive, watch } from 'vue'
import type { Schema } from '@/shared/api'
import { freshId } from '@/shared/lib/id'
import type { OutboxItem } from '@/shared/outbox/db'
import { useMending } from '@/shared/outbox/mending'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { learnQueries } from './queries'

type Attempt = Schema<'AttemptView'>
type Stored = Pick<Schema<'AnswerView'>, 'version' | 'chosen'>
export type Sent = Schema<'AnswerInput'>

/** Tells this page from another device's: no clock orders two devices, the server does. */
const PAGE = freshId()
let count = 0

const answersOf = (item: OutboxItem) => (item.body as { answers?: Sent[] }).answers ?? []
const isSame = (one: Sent | undefined, other: Sent) => one?.page === other.page && one?.seq === other.seq

export interface Told {
  /** What the list of waiting writings says. */
  label: () => string
  /** The time at the server, as well as it is known here: whether an answer that arrives late was chosen in time. */
  time: () => number
  /** It was handed in somewhere else: what is chosen from then on is kept, and does not count. */
  onEnded: () => void
  /** Another device has answered these items since. */
  onChanged: (items: string[]) => void
}

export function useAttempt(attempt: () => Attempt, { label, time, onEnded, onChanged }: Told) {
  const outbox = useOutbox()
  const mending = useMending()
  const client = useQueryClient()
  // Plain within: what is in them goes into the device's database, which takes no proxies.
  /** What the server has. */
  const stored = shallowReactive(new Map<string, Stored>())
  /** What was chosen here and has not arrived yet. */
  const own = shallowReactive(new Map<string, Sent>())
  const save = (answers: Sent[]) =>
    writing('PUT', '/api/v1/attempts/{attempt_id}/answers', { attempt_id: attempt().id }, { answers })
  const url = computed(() => save([]).url)
  const mine = computed(() => outbox.items.filter((item) => item.url === url.value))
  const isWaiting = computed(() => mine.value.some((item) => item.state === 'waiting'))
  const isRefused = computed(() => mine.value.some((item) => item.state === 'failed'))

  const chosenOf = (item: string): string[] => (own.get(item) ?? stored.get(item))?.chosen ?? []

  /** Takes in what the server has; gives the items whose shown answer it changed. An older view of it may come later: it is not taken. */
  function take(answers: Schema<'AnswerView'>[]): string[] {
    return answers.flatMap(({ item_id: item, version, chosen }) => {
      if ((stored.get(item)?.version ?? 0) > version) return []
      const before = chosenOf(item).join()
      stored.set(item, { version, chosen: [...chosen] })
      return chosenOf(item).join() === before ? [] : [item]
    })
  }

  /** It was sent: from here on the server's word counts for it. */
  function hand(answer: Sent) {
    if (!isSame(own.get(answer.item_id), answer)) return
    const version = stored.get(answer.item_id)?.version ?? 0
    stored.set(answer.item_id, { version, chosen: answer.chosen })
    own.delete(answer.item_id)
  }

  take(attempt().answers)
  watch(
    () => attempt().answers,
    (answers) => say(take(answers)),
  )

  // What waits on the device, also from a page that was here before; and what does so no more.
  watch(
    mine,
    (now, before = []) => {
      const held = now.flatMap(answersOf)
      for (const answer of before.flatMap(answersOf))
        if (!held.some((each) => isSame(each, answer))) hand(answer)
      for (const answer of held) {
        const newest = own.get(answer.item_id)
        if (!newest || newest.page !== answer.page || newest.seq < answer.seq) own.set(answer.item_id, answer)
      }
    },
    { immediate: true },
  )
  /** What waits on the device is read. */
  const isRead = outbox.refresh()

  // A save answers with what is stored: another device may have answered meanwhile.
  watch(
    () => outbox.arrived,
    (arrived) => {
      const saves = arrived.filter((item) => item.url === url.value)
      if (saves.length === 0) return
      saves.flatMap(answersOf).forEach(hand)
      const changed = saves.flatMap(({ answer }) =>
        take((answer as Partial<Schema<'SavedAnswersView'>> | undefined)?.answers ?? []),
      )
      keepStored()
      say(changed)
      if (
        saves.some(({ answer }) => (answer as Partial<Schema<'SavedAnswersView'>> | undefined)?.submitted_at)
      )
        onEnded()
    },
    { flush: 'sync' },
  )

  function say(changed: string[]) {
    if (changed.length > 0) onChanged(changed)
  }

  async function choose(item: string, chosen: string[]) {
    const chosen_at = new Date(time()).toISOString()
    const answer = { item_id: item, page: PAGE, seq: ++count, chosen: [...chosen], chosen_at }
    own.set(item, answer)
    await outbox.send({
      thread: `task:${attempt().task_id}`,
      ...save([answer]),
      label: label(),
    })
  }

  /**
   * What the device keeps of the attempt is as new as the last save: a page that begins anew without a network shows it. When the
   * attempt was received stays as it was: the clock counts from there.
   */
  function keepStored() {
    const { queryKey } = learnQueries.attempt(attempt().id)
    const answers = [...stored].map(([item_id, answer]) => ({ item_id, ...answer }))
    client.setQueryData(queryKey, (kept) => kept && { ...kept, answers }, {
      updatedAt: client.getQueryState(queryKey)?.dataUpdatedAt,
    })
  }

  const unanswered = computed(() =>
    attempt().items.reduce<number[]>(
      (open, item, at) => (chosenOf(item.id).length === 0 ? [...open, at] : open),
      [],
    ),
  )
  /** What has not arrived yet goes with the submission. What has may be another device's by now. */
  const unsent = (): Sent[] => [...own.values()]

  /** What waited here when a submission went, which the server has taken. What was chosen since then is sent as ever. */
  async function letGo(items: readonly OutboxItem[]) {
    for (const item of items) await mending.dropItem(item)
  }

  return { chosenOf, choose, unanswered, mine, isWaiting, isRefused, isRead, unsent, letGo }
}
