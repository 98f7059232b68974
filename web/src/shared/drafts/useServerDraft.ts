// Answers how what somebody writes is kept while it is written: on this device at once, at the server at each pause or when they
// press save. It is always sent over the version that the page was filled with; when the server has another one since, fields that
// only others changed come in, and of what both changed the person chooses. Nothing typed is lost, and nothing of another device or person is overwritten silently.
import { reactive, watch } from 'vue'
import { written } from './footing'
import { meetingOf } from './meeting'
import type { DraftView, Held, Keep, ServerDraftOptions } from './serverDraft'
import { usePaper, type Paper } from './usePaper'
import { useSending } from './useSending'
import { useWindows } from './useWindows'

export function useServerDraft<Value, Answer>(options: ServerDraftOptions<Value, Answer>) {
  const { value, pause, join } = options
  const paper: Paper<Value> = usePaper(options, {
    onFollow: bringUp,
    onSettled: (held, isMore) => windows.hearSettled(held as Held<Value>, isMore),
    join: join && ((mine, theirs) => ({ ...mine, value: join(mine.value, theirs.value) })),
  })
  const { state, problem, theirs, facing, brought, isElsewhere, isDirty, restored, footing, kept, draft } =
    paper
  const { ask, look, meet, ...meeting } = meetingOf(paper, options)
  const sending = useSending(paper, look, options)
  const { save, rest } = sending
  const windows = useWindows(paper, {
    hold: sending.hold,
    wake: () => pause !== undefined && sending.later(pause),
  })

  const ready = draft.ready.then(() => {
    if (!draft.restored.value) return
    if (!paper.differs(kept.value.value)) return draft.clear()
    restored.value = true
    bringUp()
  })

  /** What the device keeps is on the screen again, over what it was written over. */
  function bringUp() {
    const mine = kept.value
    const found = theirs.value && !isElsewhere.value ? theirs.value : footing.held
    footing.takeUp(mine)
    value.value = mine.value
    if (paper.mark() && state.value === 'saved') state.value = 'typing'
    // Written over an older version: where the words of that one have changed since, the person decides. What the page was filled
    // with may also be older than the draft: kept on the device for a visit without a network.
    if (found.version > mine.version) meet(found)
    else windows.forgetTheirs()
  }

  watch(
    value,
    () => {
      const isMore = paper.mark()
      if (state.value === 'conflict') {
        kept.value = { ...kept.value, value: value.value }
        return
      }
      if (!isMore) {
        // Also what was refused, or waits for a network: nobody wants it any more.
        if (!sending.isRunning()) settled()
        return
      }
      paper.keep()
      if (state.value !== 'saving') state.value = 'typing'
      if (pause !== undefined) sending.later(pause)
    },
    { deep: true },
  )
  // While the person chooses, nothing is sent.
  watch(state, (now) => now === 'conflict' && sending.hold(), { flush: 'sync' })

  function receive(now: Held<Value>) {
    if (!sending.isRunning()) meeting.receive(now)
  }

  async function settle(keep: Keep) {
    if (!theirs.value) return
    if (isElsewhere.value) await windows.settle(keep)
    else meeting.settle(keep)
    if (isDirty.value && pause !== undefined) await save()
  }

  function settled() {
    sending.hold()
    paper.settled()
  }

  /** These words have left by another way: they are safe in the outbox, or decided. What was typed since is kept on. */
  async function handOver(words: Value = value.value) {
    await rest()
    if (state.value === 'conflict') return
    footing.sent = written(words)
    if (!paper.mark()) {
      settled()
      await draft.clear()
      return
    }
    state.value = 'typing'
    paper.keep()
    await draft.save()
  }

  /** Words that left by another way and were not taken are on the screen again, over what they were written over, and kept here. */
  async function bringBack(words: Value, over: Held<Value>, own: readonly Value[] = []) {
    await rest()
    if (state.value !== 'conflict') {
      footing.stand(over)
      state.value = 'typing'
    }
    footing.own(own)
    value.value = words
    paper.mark()
    paper.keep()
    await draft.save()
  }

  /** Nothing takes these words any more: they stay on the device to be read, and nobody is asked about them. */
  async function strand() {
    await ready
    if (isDirty.value) await draft.strand()
  }

  /** The person gives up what they typed: what the server has is on the screen again, and nothing is kept here. */
  async function discard() {
    await rest()
    if (theirs.value) footing.stand(theirs.value)
    theirs.value = undefined
    brought.value = undefined
    value.value = footing.base
    settled()
    await draft.clear()
  }

  /** For `DraftStatus`. */
  const view: DraftView<Value> = reactive({
    state,
    problem,
    theirs: facing,
    brought,
    restored,
    isElsewhere,
    isSaved: sending.isSaved,
    value,
    isByHand: paper.isByHand,
    canJoin: join !== undefined,
    settle,
    save,
  }) as DraftView<Value>

  return {
    view,
    state,
    problem,
    isDirty,
    ready,
    save,
    settle,
    receive,
    /** Meets what the server has now; false when it does not answer. */
    look: async () => (await look()) !== undefined,
    rest,
    handOver,
    bringBack,
    strand,
    discard,
    ask,
    own: () => footing.all(),
    /** The version that what is on the screen was written over. */
    version: () => footing.version,
  }
}
