// Answers how what somebody writes is kept while it is written: on this device at once, at the server at each pause or when they
// press save. It is always sent over the version that the page was filled with; when the server has another one since, both are
// shown and the person chooses. Nothing typed is lost, and nothing of another device or person is overwritten silently.
import { onScopeDispose, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { freshId } from '@/shared/lib/id'
import { useDraft } from '@/shared/outbox/useDraft'

const AGAIN = 5_000
/** One type on for long without a network: the last ones are enough. */
const MOST_TRIED = 5

export type DraftState = 'saved' | 'typing' | 'saving' | 'waiting' | 'conflict' | 'failed'
export type Keep = 'mine' | 'theirs' | 'both'

/** What the server holds, and the version that it counts it as. */
export interface Held<Value> {
  version: number
  value: Value
}

/** The device keeps with the words what they were written over, and what was sent of them without an answer. */
interface Kept<Value> extends Held<Value> {
  base: Value
  tried: Try[]
}

interface Try {
  said: string
  key: string
}

/** The server may list the parts of a thing in another order than they were typed. */
function inOrder(_key: string, part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** What a page shows of a draft. */
export interface DraftView<Value> {
  state: DraftState
  problem: Problem | undefined
  theirs: Held<Value> | undefined
  restored: boolean
  /** The server has taken something of this page. */
  isSaved: boolean
  value: Value
  isByHand: boolean
  canJoin: boolean
  settle: (keep: Keep) => Promise<void>
  save: () => Promise<boolean>
}

export interface ServerDraftOptions<Value, Answer> {
  /** The draft's name on this device, for example `reflection:tsk_1`. */
  name: string
  /** What is on the screen. */
  value: Ref<Value>
  /** What the page was filled with. */
  found: Held<Value>
  read: () => Promise<Answer>
  /**
   * Sends over `version`, as `If-Match` or `based_on`; the server refuses another with `edit.conflict`. A POST takes `headers`: the
   * key is the same for as long as the words are, also after the page was loaded anew.
   */
  write: (value: Value, version: number, headers: { 'Idempotency-Key': string }) => Promise<Answer>
  heldIn: (answer: Answer) => Held<Value>
  onSaved?: (answer: Answer) => void
  /** Milliseconds of rest after which it is sent by itself; without it only `save()` sends. */
  pause?: number
  mayWrite?: () => boolean
  /** For texts: one that holds both. */
  join?: (mine: Value, theirs: Value) => Value
}

export function useServerDraft<Value, Answer>(options: ServerDraftOptions<Value, Answer>) {
  const { value, read, write, heldIn, pause, mayWrite = () => true, join } = options
  const state = ref<DraftState>('saved')
  const problem = shallowRef<Problem>()
  const theirs = shallowRef<Held<Value>>()
  const isDirty = ref(false)
  /** What was typed here before, and was not saved, is on the screen again. */
  const restored = ref(false)
  const isSaved = ref(false)
  let version = options.found.version
  let sent = written(options.found.value)
  /** What the server may hold because of us: no answer came. */
  let tried: Try[] = []
  const kept = ref(here()) as Ref<Kept<Value>>
  const draft = useDraft(options.name, kept)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | undefined

  const ready = draft.ready.then(() => {
    if (!draft.restored.value) return
    const mine = kept.value
    if (written(mine.value) === sent) return draft.clear()
    restored.value = true
    const found = { version, value: JSON.parse(sent) as Value }
    tried = mine.tried
    version = mine.version
    sent = written(mine.base)
    value.value = mine.value
    isDirty.value = true
    // Written over an older version: where the words of that one have changed since, the person decides. What the page was filled
    // with may also be older than the draft: kept on the device for a visit without a network.
    if (found.version > mine.version) meet(found)
  })

  watch(
    value,
    () => {
      const mine = written()
      isDirty.value = mine !== sent
      if (state.value === 'conflict') {
        kept.value = { ...kept.value, value: value.value }
        return
      }
      if (!isDirty.value) {
        if (state.value === 'typing') settled()
        return
      }
      kept.value = here()
      if (state.value !== 'saving') state.value = 'typing'
      if (pause !== undefined) later(pause)
    },
    { deep: true },
  )

  function here(): Kept<Value> {
    return { version, value: value.value, base: JSON.parse(sent) as Value, tried }
  }

  /** True once the server has what is on the screen. */
  function save(): Promise<boolean> {
    running ??= send().finally(() => (running = undefined))
    return running
  }

  async function send(): Promise<boolean> {
    clearTimeout(timer)
    // A button sends what it is pressed for, changed or not; by itself only changes go, until none is left.
    for (let isAsked = pause === undefined; isAsked || written() !== sent; isAsked = false) {
      if (state.value === 'conflict' || !mayWrite()) return false
      const body = written()
      const words = JSON.parse(JSON.stringify(value.value)) as Value
      const over = version
      state.value = 'saving'
      problem.value = undefined
      const key = await keyFor(body)
      try {
        const answer = await write(words, over, { 'Idempotency-Key': key })
        accept(heldIn(answer), body)
        options.onSaved?.(answer)
        if (pause === undefined) break
      } catch (cause) {
        const refused = Problem.from(cause)
        // After an answer that will not change, the next press is a new action.
        if (!refused.mayPass) tried = tried.filter((one) => one.key !== key)
        const isSeen = refused.isConflict && (await look())
        if (!isSeen || (version === over && theirs.value === undefined)) {
          take(refused)
          return false
        }
      }
    }
    if (theirs.value) return false
    if (written() === sent) settled()
    else state.value = 'typing'
    return true
  }

  /** On the device before it is sent: a page that dies with the answer on its way asks under the same key again. */
  async function keyFor(said: string): Promise<string> {
    const key = tried.find((one) => one.said === said)?.key ?? freshId()
    tried = [...tried.filter((one) => one.said !== said), { said, key }].slice(-MOST_TRIED)
    kept.value = here()
    const saved = draft.save()
    // What goes by itself goes over a version, and is known again by its words.
    if (pause === undefined) await saved
    return key
  }

  function accept(now: Held<Value>, body: string) {
    version = now.version
    sent = body
    tried = []
    isSaved.value = true
    // A form shows what became of it: the server trims, and gives ids. A text stays under the writer's hands.
    if (pause !== undefined || written() !== body) return
    sent = written(now.value)
    value.value = JSON.parse(sent) as Value
  }

  /** Asks what the server has now; false when it does not answer. */
  async function look(): Promise<boolean> {
    try {
      meet(heldIn(await read()))
      return true
    } catch {
      return false
    }
  }

  function take(next: Problem) {
    problem.value = next
    // Where the conflict could not be looked at, the next try meets it again.
    if (!next.mayPass && !next.isConflict) state.value = 'failed'
    else {
      state.value = 'waiting'
      if (pause !== undefined) later(AGAIN)
    }
  }

  /** What the server holds has changed without us, or because of us by another way: a text that was handed in. */
  function meet(now: Held<Value>) {
    const held = written(now.value)
    if (held === sent || held === written() || tried.some(({ said }) => said === held)) {
      version = now.version
      sent = held
      theirs.value = undefined
      kept.value = here()
      if (state.value === 'conflict') state.value = 'typing'
      isDirty.value = written() !== sent
      if (!isDirty.value) settled()
      return
    }
    oppose(now)
  }

  function oppose(now: Held<Value>) {
    theirs.value = now
    state.value = 'conflict'
    clearTimeout(timer)
  }

  /** A newer answer of the server, for example after the page asked again. */
  function receive(now: Held<Value>) {
    if (now.version <= version || running) return
    if (written() !== sent || state.value === 'conflict') return meet(now)
    const isSame = written(now.value) === written()
    version = now.version
    sent = written(now.value)
    // A text stays under the writer's hands.
    if (!isSame || pause === undefined) value.value = JSON.parse(sent) as Value
  }

  /** After a conflict: what is on this device, what the server has, or both. */
  async function settle(keep: Keep) {
    const other = theirs.value
    if (!other) return
    theirs.value = undefined
    version = other.version
    sent = written(other.value)
    state.value = 'typing'
    const copy = JSON.parse(sent) as Value
    if (keep === 'theirs') value.value = copy
    if (keep === 'both' && join) value.value = join(value.value, copy)
    isDirty.value = written() !== sent
    tried = []
    kept.value = here()
    if (!isDirty.value) settled()
    else if (pause !== undefined) await save()
  }

  function settled() {
    clearTimeout(timer)
    problem.value = undefined
    state.value = 'saved'
    isDirty.value = false
    restored.value = false
    // The server has it now; an old copy here must not win over what another device writes later.
    void draft.clear()
  }

  /** Nothing more is sent by itself; what is under way has arrived or failed. */
  async function rest() {
    clearTimeout(timer)
    await running
  }

  /** These words have left by another way: they are safe in the outbox, or decided. What was typed since is kept on. */
  async function handOver(words: Value = value.value) {
    await rest()
    if (state.value === 'conflict') return
    sent = written(words)
    if (written() === sent) {
      settled()
      await draft.clear()
      return
    }
    isDirty.value = true
    state.value = 'typing'
    kept.value = here()
    await draft.save()
  }

  /** Words that left by another way and were not taken are on the screen again, over what they were written over, and kept here. */
  async function bringBack(words: Value, over: Held<Value>, own: readonly Value[] = []) {
    await rest()
    if (state.value !== 'conflict') {
      version = over.version
      sent = written(over.value)
      state.value = 'typing'
    }
    tried = own.map((one) => ({ said: written(one), key: freshId() }))
    value.value = words
    isDirty.value = written() !== sent
    kept.value = here()
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
    if (theirs.value) {
      version = theirs.value.version
      sent = written(theirs.value.value)
      theirs.value = undefined
    }
    value.value = JSON.parse(sent) as Value
    settled()
    await draft.clear()
  }

  function later(after: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), after)
  }

  /** The server trims a text. */
  function written(thing: Value = value.value): string {
    return JSON.stringify(typeof thing === 'string' ? thing.trim() : thing, inOrder)
  }

  const onOnline = () => {
    if (state.value === 'waiting' && pause !== undefined) void save()
  }
  const onHide = () => {
    if (document.visibilityState === 'hidden' && state.value === 'typing' && pause !== undefined) void save()
  }
  window.addEventListener('online', onOnline)
  document.addEventListener('visibilitychange', onHide)
  onScopeDispose(() => {
    window.removeEventListener('online', onOnline)
    document.removeEventListener('visibilitychange', onHide)
    clearTimeout(timer)
    if (state.value === 'typing' && pause !== undefined) void save()
  })

  /** For `DraftStatus`. */
  const view: DraftView<Value> = reactive({
    state,
    problem,
    theirs,
    restored,
    isSaved,
    value,
    isByHand: pause === undefined,
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
    look,
    rest,
    handOver,
    bringBack,
    strand,
    discard,
    /** Every text of ours that the server may hold; the first is what ours was written over. */
    own: () => [sent, ...tried.map(({ said }) => said)].map((said) => JSON.parse(said) as Value),
    ask: async () => heldIn(await read()),
    /** The version that what is on the screen was written over. */
    version: () => version,
  }
}
