// Answers how many small records (watch evidence) become few writings: gathered on the device, then handed to the outbox as one.
import { deviceDb, drop, inMemory, keep } from './db'
import { itemOf, type Writing } from './outbox'

export async function gather(user: string, name: string, record: unknown): Promise<void> {
  await keep('gathered', { user, name, record })
}

/** Moves what was gathered under a name into outbox items; true when there was something. */
export async function handOver<T>(
  user: string,
  name: string,
  toWriting: (records: T[]) => Writing,
  now = Date.now(),
): Promise<boolean> {
  const item = (records: T[]) => itemOf(user, toWriting(records), now)
  // A device that cannot be asked keeps its records for the next time.
  const moved = await move(user, name, item).catch(() => false)
  const held = inMemory('gathered').filter((row) => row.user === user && row.name === name)
  if (held.length === 0) return moved
  for (const { seq = 0 } of held) await drop('gathered', seq)
  await keep('outbox', item(held.map((row) => row.record as T)))
  return true
}

/**
 * Both stores of the device change in one transaction: a page that dies in between has the records in exactly one place.
 */
async function move<T>(user: string, name: string, item: (records: T[]) => ReturnType<typeof itemOf>) {
  const db = await deviceDb()
  const tx = db.transaction(['gathered', 'outbox'], 'readwrite')
  const gathered = tx.objectStore('gathered')
  const records: T[] = []
  for await (const cursor of gathered.index('name').iterate(IDBKeyRange.only([user, name]))) {
    records.push(cursor.value.record as T)
    await cursor.delete()
  }
  if (records.length > 0) await tx.objectStore('outbox').add(item(records))
  await tx.done
  return records.length > 0
}
