// Answers how a draft reaches the server: one sending after the other, over the version that was seen, under a key that a lost answer
// does not change.
import { ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { useSession } from '@/shared/session/session'
import { written } from './footing'
import type { Held, Seen, ServerDraftOptions } from './serverDraft'
import type { Paper } from './usePaper'
import { useWaking } from './waking'

const AGAIN = 5_000

export function useSending<Value, Answer>(
  paper: Paper<Value>,
  look: () => Promise<Seen<Answer> | undefined>,
  options: ServerDraftOptions<Value, Answer>,
) {
  const { write, heldIn, onSaved, mayWrite = () => true } = options
  const { value, state, problem, theirs, brought, footing, isByHand } = paper
  const session = useSession()
  // Whose words they are does not change with who signs in meanwhile.
  const owner = session.personId
  const isSaved = ref(false)
  let running: Promise<boolean> | undefined
  const waking = useWaking(isByHand, {
    send: save,
    isWaiting: () => state.value === 'waiting',
    isTyping: () => state.value === 'typing',
  })

  /** True once the server has what is on the screen. */
  function save(): Promise<boolean> {
    running ??= send().finally(() => (running = undefined))
    return running
  }

  async function send(): Promise<boolean> {
    waking.rest()
    let isNews = false
    // A button sends what it is pressed for, changed or not; by itself only changes go, until none is left.
    for (let isAsked = isByHand; isAsked || paper.differs(); isAsked = false) {
      if (state.value === 'conflict' || !mayWrite()) return false
      const body = written(value.value)
      const words = JSON.parse(JSON.stringify(value.value)) as Value
      const over = footing.version
      state.value = 'saving'
      problem.value = undefined
      const key = await keyFor(body)
      if (session.personId !== owner) {
        take(new Problem({ code: 'client.other_person' }))
        return false
      }
      try {
        const answer = await write(words, over, { 'Idempotency-Key': key })
        accept(heldIn(answer), body)
        onSaved?.(answer)
        if (isByHand) break
      } catch (cause) {
        const refused = Problem.from(cause)
        if (!refused.mayPass) footing.release(key)
        const before = brought.value
        const seen = refused.isConflict ? await look() : undefined
        isNews ||= brought.value !== before
        if (!seen || (footing.version === over && theirs.value === undefined)) {
          take(refused)
          return false
        }
        // The answer was lost, and the server has it: that is as good as saved.
        if (!theirs.value && !paper.differs()) {
          isSaved.value = true
          onSaved?.(seen.answer)
        }
        // Who presses save sees first what it has become.
        if (isNews && isByHand) break
      }
    }
    if (theirs.value) return false
    if (paper.differs()) state.value = 'typing'
    else paper.settled()
    return !isNews
  }

  /** On the device before it is sent: a page that dies with the answer on its way asks under the same key again. */
  async function keyFor(said: string): Promise<string> {
    const key = footing.keyFor(said)
    paper.keep()
    const saved = paper.draft.save()
    // What goes by itself goes over a version, and is known again by its words.
    if (isByHand) await saved
    return key
  }

  function accept(now: Held<Value>, body: string) {
    footing.arrived(now.version, body)
    if (isByHand) brought.value = undefined
    isSaved.value = true
    // A form shows what became of it: the server trims, and gives ids. A text stays under the writer's hands.
    if (!isByHand || paper.differs()) return
    footing.stand(now)
    value.value = footing.base
  }

  function take(next: Problem) {
    problem.value = next
    // Where the conflict could not be looked at, the next try meets it again.
    if (!next.mayPass && !next.isConflict) state.value = 'failed'
    else {
      state.value = 'waiting'
      waking.later(AGAIN)
    }
  }

  /** Nothing more is sent by itself; what is under way has arrived or failed. */
  async function rest() {
    waking.rest()
    await running
  }

  return {
    isSaved,
    isRunning: () => running !== undefined,
    save,
    later: waking.later,
    hold: waking.rest,
    rest,
  }
}
