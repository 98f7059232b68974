// Answers which words the drafts are spoken of in: what the server holds, what a page shows, what a page has to say about its thing.
import type { Ref } from 'vue'
import type { Problem } from '@/shared/api/problem'

export type DraftState = 'saved' | 'typing' | 'saving' | 'waiting' | 'conflict' | 'failed'
export type Keep = 'mine' | 'theirs' | 'both'

/** What the server holds, and the version that it counts it as. */
export interface Held<Value> {
  version: number
  value: Value
}

/** What the server has now, as it said it. */
export interface Seen<Answer> {
  answer: Answer
}

/** What was on the screen, and what is there since others' changes have come in. */
export interface Brought<Value> {
  from: Value
  to: Value
}

/** What a page shows of a draft. */
export interface DraftView<Value> {
  state: DraftState
  problem: Problem | undefined
  /** What stands beside ours, to be chosen from. */
  theirs: Held<Value> | undefined
  /** What only others changed has come in unasked. */
  brought: Brought<Value> | undefined
  /** What stands beside ours was written in another window of this device, and no server has it. */
  isElsewhere: boolean
  restored: boolean
  /** The server has taken something of this page. */
  isSaved: boolean
  value: Value
  isByHand: boolean
  canJoin: boolean
  settle: (keep: Keep) => Promise<void>
  /** False also where others' changes have come in: they are seen first. */
  save: () => Promise<boolean>
}

export interface ServerDraftOptions<Value, Answer> {
  /** The draft's name on this device, for example `reflection:tsk_1`. */
  name: string
  /** What it is for, where the page's title does not say it. */
  label?: string
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
