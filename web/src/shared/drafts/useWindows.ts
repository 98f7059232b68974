// Answers how a draft lives in several windows of one device: what another one wrote beside ours is shown as a second version, and
// what another one sent to the server is what ours goes on from.
import { watch } from 'vue'
import type { Held, Keep } from './serverDraft'
import type { Paper } from './usePaper'

export function useWindows<Value>(paper: Paper<Value>, sending: { hold: () => void; wake: () => void }) {
  const { value, state, theirs, isElsewhere, footing, kept, draft } = paper

  // What the server has is decided first, and what is under way ends first.
  watch([draft.rival, state], ([rival, now]) => {
    if (!rival) {
      if (isElsewhere.value) forgetTheirs()
      return
    }
    if (!isElsewhere.value && (now === 'conflict' || now === 'saving')) return
    theirs.value = { version: rival.version, value: rival.value }
    isElsewhere.value = true
    state.value = 'conflict'
  })

  /** Nothing stands beside ours any more. */
  function forgetTheirs() {
    theirs.value = undefined
    isElsewhere.value = false
    if (state.value !== 'conflict') return
    if (!paper.mark()) return paper.rest()
    state.value = 'typing'
    sending.wake()
  }

  async function settle(keep: Keep) {
    const other = draft.rival.value
    if (!other) return forgetTheirs()
    // Theirs was written over something of its own; ours, and both together, stay over what ours was.
    if (keep === 'theirs') footing.takeUp(other)
    theirs.value = undefined
    isElsewhere.value = false
    state.value = 'typing'
    await draft.settle(keep)
    value.value = kept.value.value
    if (!paper.mark()) paper.settled()
  }

  /** With `isMore`, something was typed here since. */
  function hearSettled(held: Held<Value> | undefined, isMore: boolean) {
    if (held && held.version >= footing.version) footing.stand(held)
    if (isMore) return paper.keep()
    sending.hold()
    theirs.value = undefined
    isElsewhere.value = false
    // A text stays under the writer's hands.
    if (paper.differs() || paper.isByHand) value.value = footing.base
    paper.rest()
    paper.keep()
  }

  return { forgetTheirs, settle, hearSettled }
}
