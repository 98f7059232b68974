// Answers what this device keeps, and for whom: pages read before, writings not sent yet, drafts, and records being gathered.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

export type OutboxState = 'waiting' | 'failed'

export interface OutboxItem {
  seq?: number
  /** Goes as `Idempotency-Key`; written before the first try and never remade. */
  id: string
  user: string
  /** Items of one thread are sent in order; threads do not wait for each other. */
  thread: string
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  body: unknown
  /** What the person reads in the list of things waiting. */
  label: string
  /** Query keys that are stale once it arrived. */
  refreshes: unknown[][]
  at: number
  tries: number
  next: number
  state: OutboxState
  problem?: { code: string; title: string; detail: string }
}

export interface Kept {
  key: string
  user: string
  queryKey: readonly unknown[]
  data: unknown
  at: number
  /** Something has changed since, so it must be asked for again however young it is. */
  isOld?: boolean
}

interface Draft {
  key: string
  user: string
  value: unknown
  at: number
}

interface Gathered {
  seq?: number
  user: string
  /** What is gathered, for example `watch:pbk_…`. */
  name: string
  record: unknown
}

interface DeviceSchema extends DBSchema {
  kept: { key: string; value: Kept; indexes: { user: string } }
  outbox: { key: number; value: OutboxItem; indexes: { user: string } }
  drafts: { key: string; value: Draft; indexes: { user: string } }
  gathered: { key: number; value: Gathered; indexes: { user: string; name: [string, string] } }
}

export type DeviceDb = IDBPDatabase<DeviceSchema>

let opening: Promise<DeviceDb> | undefined

/** Singleton: one database for the page, opened at the first use. */
export function deviceDb(): Promise<DeviceDb> {
  opening ??= openDB<DeviceSchema>('lingxue', 1, {
    upgrade(db) {
      db.createObjectStore('kept', { keyPath: 'key' }).createIndex('user', 'user')
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('user', 'user')
      db.createObjectStore('drafts', { keyPath: 'key' }).createIndex('user', 'user')
      const gathered = db.createObjectStore('gathered', { keyPath: 'seq', autoIncrement: true })
      gathered.createIndex('user', 'user')
      gathered.createIndex('name', ['user', 'name'])
    },
    terminated() {
      opening = undefined
    },
  })
  return opening
}

/** A phone may be shared: who signs out takes everything along. */
export async function forgetPerson(user: string): Promise<void> {
  const db = await deviceDb()
  const stores = ['kept', 'outbox', 'drafts', 'gathered'] as const
  const tx = db.transaction(stores, 'readwrite')
  await Promise.all(
    stores.map(async (name) => {
      for await (const cursor of tx.objectStore(name).index('user').iterate(user)) await cursor.delete()
    }),
  )
  await tx.done
}
