// Answers how a writing leaves the device: kept first, sent in order, tried again when that can help, shown when it cannot.
import { send } from '@/shared/api/fetch'
import { Problem, problemOf } from '@/shared/api/problem'
import { freshId } from '@/shared/lib/id'
import { all, drop, find, keep, type OutboxItem } from './db'
import type { Call } from './writing'

/** What is sent is typed by the contract: `{ ...writing('POST', path, params, body), thread, label }`. */
export interface Writing extends Call {
  thread: string
  label: string
  words?: string[]
  page?: string
  dropsRefused?: boolean
  own?: string[]
  refreshes?: unknown[][]
}

export interface Flushed {
  delivered: OutboxItem[]
  /** Refused for good and dropped: what nobody could correct. */
  dropped: OutboxItem[]
  /** The server could not be reached. */
  isCutOff: boolean
  /** Milliseconds until the first waiting item may be tried again; undefined when nothing waits for a time. */
  again: number | undefined
}

const LONGEST_PAUSE = 300_000

export async function put(user: string, writing: Writing, now = Date.now()): Promise<OutboxItem> {
  const item = itemOf(user, writing, now)
  return { ...item, seq: await keep('outbox', item) }
}

export function itemOf(user: string, writing: Writing, now: number): OutboxItem {
  return {
    id: freshId(),
    user,
    thread: writing.thread,
    method: writing.method,
    url: writing.url,
    // A POST without input still has a body: the server keeps its key together with it.
    body: writing.body ?? {},
    label: writing.label,
    words: writing.words,
    page: writing.page,
    dropsRefused: writing.dropsRefused,
    own: writing.own,
    refreshes: writing.refreshes ?? [],
    at: now,
    tries: 0,
    next: 0,
    state: 'waiting',
  }
}

/** In the order they were written. */
export async function list(user: string): Promise<OutboxItem[]> {
  return all('outbox', user)
}

let last: Promise<unknown> = Promise.resolve()

/** Sends what waits; `isPressed` by a person, who does not wait for a pause to pass. */
export function flush(user: string, now: () => number = Date.now, isPressed = false): Promise<Flushed> {
  return inTurn(() => sendAll(user, now, isPressed))
}

/** One tab at a time, and one after the other in it: two would send one thread out of order, or twice. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as Partial<Navigator>
  const mine = last.then(async () => (locks ? ((await locks.request('lingxue-outbox', work)) as T) : work()))
  last = mine.catch(() => undefined)
  return mine
}

async function sendAll(user: string, now: () => number, isPressed: boolean): Promise<Flushed> {
  const delivered: OutboxItem[] = []
  const dropped: OutboxItem[] = []
  const held = new Set<string>()
  let isCutOff = false
  let again: number | undefined
  for (const item of await list(user)) {
    if (item.state === 'failed' || held.has(item.thread)) continue
    const wait = isPressed ? 0 : item.next - now()
    // No pause is longer: the device's clock was ahead when it began.
    if (wait > 0 && wait <= LONGEST_PAUSE) {
      held.add(item.thread)
      again = Math.min(again ?? Infinity, wait)
      continue
    }
    const problem = await deliver(item)
    // Given up, or corrected, while it was under way: the answer is about what is there no more.
    const isSame = (await find('outbox', item.seq as number))?.id === item.id
    if (!isSame) {
      if (!problem) delivered.push(item)
    } else if (!problem) {
      await drop('outbox', item.seq as number)
      delivered.push(item)
    } else if (problem.isNetwork || problem.status === 401 || problem.isOtherPerson) {
      isCutOff = problem.isNetwork
      // Nobody will answer the rest either; the queue stays as it is until there is a network, or its person's session.
      break
    } else if (problem.mayPass) {
      const pause = Math.min(1000 * 2 ** item.tries, LONGEST_PAUSE)
      await keep('outbox', { ...item, tries: item.tries + 1, next: now() + pause })
      held.add(item.thread)
      again = Math.min(again ?? Infinity, pause)
    } else {
      const refused = { ...item, state: 'failed' as const, problem: problem.document }
      if (item.dropsRefused) {
        await drop('outbox', item.seq as number)
        dropped.push(refused)
      } else await keep('outbox', refused)
    }
  }
  return { delivered, dropped, isCutOff, again }
}

/** Notes the answer in the item. */
async function deliver(item: OutboxItem): Promise<Problem | undefined> {
  const headers = { 'Idempotency-Key': item.id, 'Content-Type': 'application/json' }
  const body = JSON.stringify(item.body)
  try {
    const request = new Request(new URL(item.url, location.origin), { method: item.method, headers, body })
    // Whoever signed in meanwhile, in this tab or another, never sends it.
    const response = await send(request, { owner: item.user })
    if (!response.ok) return await problemOf(response)
    item.answer = await response.json().catch(() => undefined)
  } catch (cause) {
    return Problem.from(cause)
  }
}
