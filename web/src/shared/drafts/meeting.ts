// Answers what happens where the server holds something else than what a draft was written over: the same words, or words of ours,
// are taken as they are; fields that only others changed come in; the rest stands beside ours until the person has chosen.
import { alike, written } from './footing'
import { merged } from './merging'
import type { Held, Keep, Seen, ServerDraftOptions } from './serverDraft'
import type { Paper } from './usePaper'

export function meetingOf<Value, Answer>(
  paper: Paper<Value>,
  { read, heldIn, join }: Pick<ServerDraftOptions<Value, Answer>, 'read' | 'heldIn' | 'join'>,
) {
  const { value, state, theirs, facing, brought, footing } = paper

  async function ask(): Promise<Held<Value>> {
    return heldIn(await read())
  }

  /** Asks what the server has now; undefined when it does not answer. */
  async function look(): Promise<Seen<Answer> | undefined> {
    try {
      const answer = await read()
      meet(heldIn(answer))
      return { answer }
    } catch {
      return undefined
    }
  }

  /** What the server holds has changed without us, or because of us by another way: a text that was handed in. */
  function meet(now: Held<Value>) {
    const held = written(now.value)
    const isAlike = paper.isByHand && alike(now.value) === alike(value.value)
    if (!footing.knows(held) && held !== written(value.value) && !isAlike) return comeTogether(now)
    stand(now)
    // Trimmed, and with the names that the server gave: its own writing goes on from here.
    if (isAlike) value.value = footing.base
    rest()
  }

  function comeTogether(now: Held<Value>) {
    const together = merged(footing.all(), value.value, now.value)
    if (!together) return oppose(now)
    const mine = JSON.parse(JSON.stringify(together.mine)) as Value
    if (together.isTaken) brought.value = { from: JSON.parse(JSON.stringify(value.value)) as Value, to: mine }
    if (together.isAsked) footing.rebase(together.base)
    else stand(now)
    value.value = mine
    if (!together.isAsked) return rest()
    paper.keep()
    oppose(now)
  }

  function stand(now: Held<Value>) {
    footing.stand(now)
    theirs.value = undefined
    paper.isElsewhere.value = false
  }

  function rest() {
    paper.keep()
    if (state.value === 'conflict') state.value = 'typing'
    if (!paper.mark()) paper.settled()
  }

  function oppose(now: Held<Value>) {
    theirs.value = now
    paper.isElsewhere.value = false
    state.value = 'conflict'
  }

  /** A newer answer of the server, for example after the page asked again. */
  function receive(now: Held<Value>) {
    if (now.version <= footing.version) return
    if (paper.differs() || state.value === 'conflict') return meet(now)
    footing.stand(now)
    // A text stays under the writer's hands.
    if (paper.differs() || paper.isByHand) value.value = footing.base
    // Nothing of it was typed here: there is nothing to keep, and a draft of another day would stand as ours.
    paper.keep()
    void paper.draft.clear(footing.held)
  }

  /** After a conflict: what is on this device, what the server has, or both. */
  function settle(keep: Keep) {
    const [other, shown] = [theirs.value, facing.value]
    if (!other || !shown) return
    const chosen = JSON.parse(JSON.stringify(shown.value)) as Value
    theirs.value = undefined
    footing.stand(other)
    state.value = 'typing'
    if (keep === 'theirs') value.value = chosen
    if (keep === 'both' && join) value.value = join(value.value, chosen)
    footing.releaseAll()
    paper.keep()
    if (!paper.mark()) paper.settled()
  }

  return { ask, look, meet, receive, settle }
}
