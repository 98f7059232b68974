// Answers what the words on the screen were written over: the server's version as it was seen last, and what was sent since without
// an answer, so that the server may hold it because of us.
import { freshId } from '@/shared/lib/id'
import type { Held } from './serverDraft'

/** One types on for long without a network: the last ones are enough. */
const MOST_TRIED = 5

interface Try {
  said: string
  key: string
}

/** The device keeps with the words what they were written over, and what was sent of them without an answer. */
export interface Kept<Value> extends Held<Value> {
  base: Value
  tried: Try[]
}

export class Footing<Value> {
  version: number
  /** What the server holds, as `written`. */
  sent: string
  #tried: Try[] = []

  constructor({ version, value }: Held<Value>) {
    this.version = version
    this.sent = written(value)
  }

  /** As a copy of its own: it may be typed into. */
  get base(): Value {
    return readable<Value>(this.sent)
  }

  get held(): Held<Value> {
    return { version: this.version, value: this.base }
  }

  /** These words are at the server now, under this version. */
  stand(now: Held<Value>) {
    this.version = now.version
    this.sent = written(now.value)
  }

  /** What ours differ from by what was typed here, where some of theirs has come in and something has to be asked still. */
  rebase(base: Value) {
    this.sent = written(base)
  }

  /** The server has these words of ours, and counts them as this version. */
  arrived(version: number, said: string) {
    this.version = version
    this.sent = said
    this.#tried = []
  }

  with(value: Value): Kept<Value> {
    return { version: this.version, value, base: this.base, tried: this.#tried }
  }

  takeUp({ version, base, tried }: Kept<Value>) {
    this.stand({ version, value: base })
    this.#tried = tried
  }

  /** The key of these words; the same until they have an answer. */
  keyFor(said: string): string {
    const key = this.#tried.find((one) => one.said === said)?.key ?? freshId()
    this.#tried = [...this.#tried.filter((one) => one.said !== said), { said, key }].slice(-MOST_TRIED)
    return key
  }

  /** After an answer that will not change, the next press is a new action. */
  release(key: string) {
    this.#tried = this.#tried.filter((one) => one.key !== key)
  }

  releaseAll() {
    this.#tried = []
  }

  /** These are words of ours that left by another way. */
  own(words: readonly Value[]) {
    this.#tried = words.map((one) => ({ said: written(one), key: freshId() }))
  }

  /** The server holds this because of us, or as we saw it. */
  knows(said: string): boolean {
    return said === this.sent || this.#tried.some((one) => one.said === said)
  }

  /** Every text of ours that the server may hold; the first is what ours was written over. */
  all(): Value[] {
    return [this.sent, ...this.#tried.map(({ said }) => said)].map((said) => readable<Value>(said))
  }
}

/** Two of the same read the same. The server trims a text. */
export function written(thing: unknown): string {
  return JSON.stringify(typeof thing === 'string' ? thing.trim() : thing, inOrder)
}

/** What of a form a person said: the server trims every line, and names the rows that it did not know. */
export function alike(thing: unknown): string {
  return JSON.stringify(thing, (name, part: unknown) =>
    name === 'id' || name === 'key'
      ? undefined
      : typeof part === 'string'
        ? part.trim()
        : inOrder(name, part),
  )
}

function readable<Value>(said: string): Value {
  return JSON.parse(said) as Value
}

/** The server may list the parts of a thing in another order than they were typed. */
function inOrder(_key: string, part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
}
