// Answers how many small records (watch evidence) become few writings: gathered on the device, then handed to the outbox as one.
import { deviceDb } from './db'
import { itemOf, type Writing } from './outbox'

export async function gather(user: string, name: string, record: unknown): Promise<void> {
  await (await deviceDb()).add('gathered', { user, name, record })
}

/**
 * Moves what was gathered under a name into one outbox item. Both stores change in one transaction:
 * a page that dies in between has the records in exactly one place.
 */
export async function handOver<T>(
  user: string,
  name: string,
  toWriting: (records: T[]) => Writing,
  now = Date.now(),
): Promise<boolean> {
  const db = await deviceDb()
  const tx = db.transaction(['gathered', 'outbox'], 'readwrite')
  const gathered = tx.objectStore('gathered')
  const records: T[] = []
  for await (const cursor of gathered.index('name').iterate(IDBKeyRange.only([user, name]))) {
    records.push(cursor.value.record as T)
    await cursor.delete()
  }
  if (records.length > 0) await tx.objectStore('outbox').add(itemOf(user, toWriting(records), now))
  await tx.done
  return records.length > 0
}
