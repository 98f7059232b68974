// Answers what is on the screen of a draft and how it stands: to what the server holds, and to what this device keeps of it.
import { computed, ref, shallowRef, type Ref } from 'vue'
import type { Problem } from '@/shared/api/problem'
import { typedWords } from '@/shared/outbox/typed'
import { useDraft, type DraftOptions } from '@/shared/outbox/useDraft'
import { Footing, written, type Kept } from './footing'
import { merged } from './merging'
import type { Brought, DraftState, Held, ServerDraftOptions } from './serverDraft'

export type Paper<Value> = ReturnType<typeof usePaper<Value>>

export function usePaper<Value>(
  {
    name,
    value,
    found,
    pause,
    label,
  }: Pick<ServerDraftOptions<Value, never>, 'name' | 'value' | 'found' | 'pause' | 'label'>,
  windows: Pick<DraftOptions<Kept<Value>>, 'onFollow' | 'onSettled' | 'join'>,
) {
  const state = ref<DraftState>('saved')
  const problem = shallowRef<Problem>()
  const theirs = shallowRef<Held<Value>>()
  /** `theirs` was written in another window of this device, and is no server's. */
  const isElsewhere = ref(false)
  /** What only others changed, and is on the screen now. */
  const brought = shallowRef<Brought<Value>>()
  const isDirty = ref(false)
  /** What was typed here before, and was not saved, is on the screen again. */
  const restored = ref(false)
  const footing = new Footing(found)
  const kept = ref(footing.with(value.value)) as Ref<Kept<Value>>
  const draft = useDraft(name, kept, {
    ...windows,
    words: (one) => written(one.value),
    text: (one) => typedWords(one.value, one.base),
    label,
    savesItself: pause !== undefined,
  })

  /** What stands beside ours: where it is the server's, it differs only in what both changed. */
  const facing = computed<Held<Value> | undefined>(() => {
    const other = theirs.value
    if (!other || isElsewhere.value) return other
    const together = merged(footing.all(), value.value, other.value)
    return together ? { ...other, value: together.theirs } : other
  })

  /** On this device, over what the server has. */
  function keep() {
    kept.value = footing.with(value.value)
  }

  function differs(mine: Value = value.value): boolean {
    return written(mine) !== footing.sent
  }

  /** Whether it is still more than the server has. */
  function mark(): boolean {
    isDirty.value = differs()
    return isDirty.value
  }

  /** The server has what is on the screen. */
  function rest() {
    problem.value = undefined
    state.value = 'saved'
    isDirty.value = false
    restored.value = false
  }

  function settled() {
    rest()
    // An old copy here must not win over what another device writes later.
    void draft.clear(footing.held)
  }

  return {
    value,
    state,
    problem,
    theirs,
    facing,
    brought,
    isElsewhere,
    isDirty,
    restored,
    footing,
    kept,
    draft,
    /** Sent when somebody presses save, and never by itself. */
    isByHand: pause === undefined,
    keep,
    differs,
    mark,
    rest,
    settled,
  }
}
