// Answers how a text that is kept while it is written is handed in: through the outbox, one at a time, network or not. What waits
// there exists nowhere else, so it is on the screen, and only words that its writer saw take its place.
import { computed, ref, watch, type Ref } from 'vue'
import type { OutboxItem } from '@/shared/outbox/db'
import type { Writing } from '@/shared/outbox/outbox'
import { useMending } from '@/shared/outbox/mending'
import { useOutbox } from '@/shared/outbox/useOutbox'
import type { Call } from '@/shared/outbox/writing'
import { useSession } from '@/shared/session/session'
import { withWords } from './texts'
import type { useServerDraft } from './useServerDraft'
import { draftText } from './words'

export interface HandInOptions extends Omit<Writing, keyof Call | 'own'> {
  text: Ref<string>
  draft: ReturnType<typeof useServerDraft<string, never>>
  /** The field of the body that holds the text. */
  field: string
  call: (text: string, based_on: number) => Call
  /** Why this text cannot be handed in. */
  problemOf: (text: string) => string | undefined
}

/** What of mine waits at this address; asked before there is a draft, which saves nothing of its own meanwhile. */
export function useHandedIn(url: string) {
  const outbox = useOutbox()
  const items = computed(() => outbox.items.filter((item) => item.url === url))
  const isBusy = ref(false)
  return {
    items,
    isBusy,
    failed: computed(() => items.value.find((item) => item.state === 'failed')),
    isWaiting: computed(() => items.value.some((item) => item.state === 'waiting')),
    /** A save would go past what is handed in, and be met by it at the server. */
    isUnderWay: computed(() => isBusy.value || items.value.length > 0),
  }
}

export function useHandIn(handedIn: ReturnType<typeof useHandedIn>, options: HandInOptions) {
  const { text, draft, field, call, problemOf, ...rest } = options
  const { items, isBusy, failed, isUnderWay } = handedIn
  const { url } = call('', 0)
  const outbox = useOutbox()
  const mending = useMending()
  const session = useSession()
  const owner = session.personId
  const problem = ref<string>()
  /** What was on the screen of this page, and may be replaced by what is there now. */
  const seen = new Set<string>()
  watch(text, () => (problem.value = undefined))

  const ready = draft.ready.then(async () => {
    await outbox.refresh()
    const [item] = items.value
    if (!item) return
    for (const { id } of items.value) seen.add(id)
    // A draft that was kept was typed over what waits.
    if (draft.isDirty.value) return
    text.value = wordsOf(item)
    await draft.handOver()
  })

  async function handIn() {
    if (isBusy.value || failed.value) return
    problem.value = problemOf(text.value)
    if (problem.value) return
    isBusy.value = true
    try {
      await ready
      await draft.rest()
      if (hasConflict() || hasLeft()) return
      await outbox.refresh()
      const waited = items.value.length > 0
      problem.value = bringUnseen() ?? problemOf(text.value)
      if (problem.value || failed.value) return
      // Nothing of it is under way any more; where it has arrived, this goes over it.
      if (waited) {
        await mending.rest()
        await outbox.refresh()
        if (failed.value) return
        if (items.value.length === 0) await draft.look()
        if (hasConflict() || hasLeft()) return
      }
      let words = text.value
      await mending.sendInstead(url, (before) => {
        words = text.value
        const own = [...draft.own(), ...(before ? [...(before.own ?? []), wordsOf(before)] : [])]
        return { ...call(words.trim(), draft.version()), ...rest, words: [field], own: [...new Set(own)] }
      })
      for (const { id } of items.value) seen.add(id)
      await draft.handOver(words)
    } finally {
      isBusy.value = false
    }
  }

  /** Somebody else is here now: the words stay on the device, as a draft of who wrote them. */
  function hasLeft(): boolean {
    return session.personId !== owner
  }

  function hasConflict(): boolean {
    return draft.state.value === 'conflict'
  }

  /** Handed in from another tab meanwhile. */
  function bringUnseen(): string | undefined {
    const others = items.value.filter(({ id }) => !seen.has(id))
    for (const item of others) {
      seen.add(item.id)
      text.value = withWords(text.value, wordsOf(item))
    }
    return others.length > 0 ? draftText.t('handIn.unseen') : undefined
  }

  /** What was not taken is on the screen again, with the reason; what the server has meanwhile stands beside it. */
  async function correct() {
    const item = failed.value
    if (!item) return
    const words = wordsOf(item)
    const [base = words, ...own] = item.own ?? []
    const over = { version: Number((item.body as { based_on?: number }).based_on ?? 0), value: base }
    await draft.bringBack(draft.isDirty.value ? withWords(text.value, words) : words, over, own)
    await mending.dropItem(item)
    await draft.look()
  }

  // Two tries of one person are no two versions.
  watch(
    failed,
    async (item) => {
      if (item?.problem?.code !== 'edit.conflict') return
      const body = item.body as { based_on: number }
      const now = await draft.ask().catch(() => undefined)
      const own = [...(item.own ?? []), wordsOf(item)].map((one) => one.trim())
      if (!now || now.version === body.based_on || !own.includes(now.value.trim())) return
      await mending.rewriteItem(item, { ...body, based_on: now.version })
    },
    { immediate: true },
  )

  // What was typed since goes on from what was handed in.
  watch(isUnderWay, async (isNow) => {
    if (isNow) return
    await draft.look()
    if (draft.isDirty.value && !hasConflict()) await draft.save()
  })

  function wordsOf(item: OutboxItem): string {
    return String((item.body as Record<string, unknown>)[field] ?? '')
  }

  return { problem, handIn, correct, ready }
}
