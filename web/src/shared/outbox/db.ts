// Answers what this device keeps, and for whom: pages read before, writings not sent yet, drafts, and records being gathered.
// A device may refuse (a private window, no room left, a database that never opens): then this page keeps them in memory as long
// as it lives, everything goes on working, and `isForgetful` says so.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { shallowRef } from 'vue'
import type { ProblemDocument } from '@/shared/api/problem'
import type { Writing } from './outbox'

export type OutboxState = 'waiting' | 'failed'

export interface OutboxItem {
  seq?: number
  /** Goes as `Idempotency-Key`; written before the first try, and the same for as long as the body is. */
  id: string
  user: string
  /** Items of one thread are sent in order; threads do not wait for each other. */
  thread: string
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  body: unknown
  /** What the person reads in the list of things waiting. */
  label: string
  /** The fields of the body that a person wrote: shown, copied and corrected when the server refuses. */
  words?: string[]
  /** The page where it was written, when a correction needs more than the words. */
  page?: string
  /** Refused for good it is dropped and said once: nobody could correct it. */
  dropsRefused?: boolean
  /** The texts of its writer that the server may hold when it arrives; the first is what it was written over. */
  own?: string[]
  /** Query keys that are stale once it arrived. */
  refreshes: unknown[][]
  at: number
  tries: number
  next: number
  state: OutboxState
  /** What the server said when it took it. */
  answer?: unknown
  problem?: ProblemDocument
}

export interface Kept {
  key: string
  user: string
  queryKey: readonly unknown[]
  data: unknown
  at: number
  /** What time it was at the server: this device's clock may have been wrong then, or be wrong now. */
  told?: number
  /** Something has changed since, so it must be asked for again however young it is. */
  isOld?: boolean
}

/** How a draft reads where its page is not. */
export interface Shown {
  /** What the words are for, where the page's title does not say it. */
  label?: string
  /** Of the page where they were written, and its address. */
  title: string
  page?: string
  /** The words themselves. */
  text: string
  /** Its page saves it as soon as it is open again; what a form holds only waits there. */
  savesItself?: boolean
}

/** One window's words. Each writes a row of its own: none overwrites what another one keeps. */
export interface Draft {
  key: string
  user: string
  value: unknown
  at: number
  window: string
  /** Counts what this window wrote. */
  n: number
  /** What of other windows these words go on from: how far each had counted. */
  seen: Record<string, number>
  /** Nothing takes it any more; it stays to be read and copied. */
  isStranded?: boolean
  shown?: Shown
}

export interface Gathered {
  seq?: number
  user: string
  /** What is gathered, for example `watch:pbk_…`. */
  name: string
  record: unknown
  /** What the records become, also after the page that gathered them is gone: its body takes them as `records`. */
  into: Writing
}

interface DeviceSchema extends DBSchema {
  kept: { key: string; value: Kept; indexes: { user: string } }
  outbox: { key: number; value: OutboxItem; indexes: { user: string } }
  drafts: { key: string; value: Draft; indexes: { user: string } }
  gathered: { key: number; value: Gathered; indexes: { user: string } }
}

type Store = 'kept' | 'outbox' | 'drafts' | 'gathered'
type Row<Name extends Store> = DeviceSchema[Name]['value']
type Key<Name extends Store> = DeviceSchema[Name]['key']

export type DeviceDb = IDBPDatabase<DeviceSchema>

const STORES = ['kept', 'outbox', 'drafts', 'gathered'] as const
/** A database that another tab blocks, or that a broken WebView never opens, is not waited for longer. */
const OPENS_WITHIN = 3000

/** The device refuses to keep what is written here. Singleton: one device. */
export const isForgetful = shallowRef(false)

const memory = Object.fromEntries(STORES.map((name) => [name, new Map()])) as {
  [Name in Store]: Map<string | number, Row<Name>>
}
/** Numbers of memory come after all that the device gives: what is written last is sent last. */
const FIRST_OF_MEMORY = 2 ** 50
let last = FIRST_OF_MEMORY
let opening: { db: Promise<DeviceDb>; late: Promise<never> } | undefined

/** Singleton: one database for the page, opened at the first use. Rejects when the device has none to give. */
export function deviceDb(): Promise<DeviceDb> {
  if (!opening) {
    const late = new Promise<never>((_, reject) => setTimeout(reject, OPENS_WITHIN))
    late.catch(() => undefined)
    const db = open()
    db.catch(() => (opening = undefined))
    opening = { db, late }
  }
  return Promise.race([opening.db, opening.late])
}

/** Calls back once a database that was not waited for any longer has opened after all. */
export function onLate(act: () => unknown) {
  deviceDb().catch(() => opening?.db.then(act, () => undefined))
}

// Async: a browser that forbids storage throws at once.
async function open(): Promise<DeviceDb> {
  return openDB<DeviceSchema>('lingxue', 1, {
    upgrade(db) {
      db.createObjectStore('kept', { keyPath: 'key' }).createIndex('user', 'user')
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('user', 'user')
      db.createObjectStore('drafts', { keyPath: 'key' }).createIndex('user', 'user')
      db.createObjectStore('gathered', { keyPath: 'seq', autoIncrement: true }).createIndex('user', 'user')
    },
    blocking(_now, _next, event) {
      // A newer release in another tab must not wait for this one.
      ;(event.target as IDBDatabase).close()
      opening = undefined
    },
    terminated() {
      opening = undefined
    },
  })
}

/** Writes a row over the one with its key, or as a new one; in memory where the device refuses. */
export async function keep<Name extends Store>(name: Name, row: Row<Name>): Promise<Key<Name>> {
  const own: Map<string | number, Row<Name>> = memory[name]
  const { key, seq = 0 } = row as { key?: string; seq?: number }
  if (seq <= FIRST_OF_MEMORY) {
    try {
      const written = await write(name, row)
      letGo(name, written)
      return written
    } catch {
      isForgetful.value = true
    }
  }
  const at = key ?? (seq || ++last)
  own.set(at, key === undefined ? { ...row, seq: at } : row)
  return at as Key<Name>
}

async function write<Name extends Store>(name: Name, row: Row<Name>): Promise<Key<Name>> {
  const db = await deviceDb()
  try {
    return await db.put(name, row)
  } catch (cause) {
    const { name: reason } = cause as Error
    // A page's reactive data cannot be cloned. All that is kept here is JSON, so a copy by way of it loses nothing.
    if (reason === 'DataCloneError') return db.put(name, JSON.parse(JSON.stringify(row)) as Row<Name>)
    if (reason !== 'QuotaExceededError') throw cause
    return makeRoom(db, name, row)
  }
}

/** What can be asked for again makes way for what exists only here: the oldest first, and no more than is needed. */
async function makeRoom<Name extends Store>(db: DeviceDb, name: Name, row: Row<Name>): Promise<Key<Name>> {
  const others = (await db.getAll('kept')).filter(({ key }) => key !== (row as { key?: string }).key)
  for (const { key } of others.sort((a, b) => a.at - b.at)) {
    await db.delete('kept', key)
    const written = await db.put(name, row).catch(() => undefined)
    if (written !== undefined) return written
  }
  return db.put(name, row)
}

/** Once nothing is held in memory alone, the device has forgotten nothing. */
function letGo(name: Store, key: string | number) {
  if (memory[name].delete(key) && STORES.every((one) => memory[one].size === 0)) isForgetful.value = false
}

export async function find<Name extends Store>(name: Name, key: Key<Name>): Promise<Row<Name> | undefined> {
  const kept = memory[name].get(key as string)
  return (
    kept ??
    (await deviceDb()
      .then((db) => db.get(name, key))
      .catch(() => undefined))
  )
}

/** Everything of one person, or of all, in the order it was written. */
export async function all<Name extends Store>(name: Name, user?: string): Promise<Row<Name>[]> {
  const onDevice = await deviceDb()
    .then((db) => (user === undefined ? db.getAll(name) : db.getAllFromIndex(name, 'user', user as never)))
    .catch((): Row<Name>[] => [])
  const rows = new Map<unknown, Row<Name>>()
  // What memory holds is newer, and keeps the place of the row that the device did not take it over.
  for (const row of [...onDevice, ...inMemory(name).filter((one) => (user ?? one.user) === one.user)])
    rows.set('key' in row ? row.key : row.seq, row)
  return [...rows.values()]
}

export function inMemory<Name extends Store>(name: Name): Row<Name>[] {
  return [...memory[name].values()]
}

export async function drop<Name extends Store>(name: Name, key: Key<Name>): Promise<void> {
  // In both: memory may hold the newer version of what the device has.
  letGo(name, key)
  await deviceDb()
    .then((db) => db.delete(name, key))
    .catch(() => undefined)
}

/**
 * How many writings and drafts of somebody can be sent still; what was gathered under one name will be one writing, and what several
 * windows keep of one draft is one draft.
 */
export async function unsent(user: string): Promise<number> {
  const outbox = await all('outbox', user)
  const drafts = (await all('drafts', user)).filter(({ isStranded }) => !isStranded)
  const gathered = new Set((await all('gathered', user)).map(({ name }) => name))
  return outbox.length + new Set(drafts.map(draftOf)).size + gathered.size
}

/** Under which key a window's row keeps its draft. */
export function draftOf({ key }: Draft): string {
  return key.slice(0, key.lastIndexOf('#'))
}

/** A phone may be shared: who signs out takes along what they read. What is not sent waits for them, and for nobody else. */
export async function forgetRead(user: string): Promise<void> {
  for (const { key } of await all('kept', user)) await drop('kept', key)
}
