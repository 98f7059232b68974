// Answers how a writing leaves the device: kept first, sent in order, tried again when that can help, shown when it cannot.
import { send } from '@/shared/api/fetch'
import { Problem, problemOf } from '@/shared/api/problem'
import { freshId } from '@/shared/lib/id'
import { all, drop as dropRow, find, keep, type OutboxItem } from './db'
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

export async function drop(seq: number): Promise<void> {
  await dropRow('outbox', seq)
}

/** After a person has read why it failed: the same writing, the same key, tried anew. */
export async function retry(seq: number): Promise<void> {
  const item = await find('outbox', seq)
  if (item) await keep('outbox', { ...item, ...anew })
}

/** With other words it is another writing: the server holds the old key together with the old ones. */
export async function rewrite(seq: number, body: unknown): Promise<void> {
  const item = await find('outbox', seq)
  if (item) await keep('outbox', { ...item, ...anew, body, id: freshId() })
}

const anew = { state: 'waiting' as const, tries: 0, next: 0, problem: undefined }

let last: Promise<unknown> = Promise.resolve()

/** Sends what waits; `isPressed` by a person, who does not wait for a pause to pass. */
export function flush(user: string, now: () => number = Date.now, isPressed = false): Promise<Flushed> {
  return inTurn(() => sendAll(user, now, isPressed))
}

/**
 * In place of what waits for the same address, never beside it: two versions of one text would meet each other at the server.
 * `make` is asked once nothing is under way, with what waits still.
 */
export function replace(
  user: string,
  url: string,
  make: (before: OutboxItem | undefined) => Writing,
  now = Date.now(),
): Promise<void> {
  return inTurn(async () => {
    const [before, ...more] = (await list(user)).filter(
      (item) => item.url === url && item.state === 'waiting',
    )
    const item = itemOf(user, make(before), now)
    await keep('outbox', before ? { ...item, seq: before.seq } : item)
    for (const { seq } of more) await drop(seq as number)
  })
}

/** After everything that is under way now. */
export function turn(): Promise<void> {
  return inTurn(() => Promise.resolve())
}

/** One tab at a time, and one after the other in it: two would send one thread out of order, or twice. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
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
      await drop(item.seq as number)
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
        await drop(item.seq as number)
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
