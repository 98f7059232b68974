// Answers how many small records (watch evidence) become few writings: gathered on the device, then handed to the outbox as one.
import { deviceDb, drop, inMemory, keep, type Gathered } from './db'
import { itemOf, type Writing } from './outbox'

/** `into` is kept with each record: the page that gathered them may not live to hand them over. */
export async function gather(user: string, name: string, record: unknown, into: Writing): Promise<void> {
  await keep('gathered', { user, name, record, into })
}

/** Moves everything a person gathered into outbox items, one for each name; true when there was something. */
export async function handOver(user: string, now = Date.now()): Promise<boolean> {
  // A device that cannot be asked keeps its records for the next time.
  const moved = await move(user, now).catch(() => false)
  const held = inMemory('gathered').filter((row) => row.user === user)
  await Promise.all(held.map(({ seq = 0 }) => drop('gathered', seq)))
  for (const item of itemsOf(held, now)) await keep('outbox', item)
  return moved || held.length > 0
}

/**
 * Both stores of the device change in one transaction: a page that dies in between has the records in exactly one place.
 */
async function move(user: string, now: number) {
  const db = await deviceDb()
  const tx = db.transaction(['gathered', 'outbox'], 'readwrite')
  const rows: Gathered[] = []
  for await (const cursor of tx.objectStore('gathered').index('user').iterate(user)) {
    rows.push(cursor.value)
    await cursor.delete()
  }
  for (const item of itemsOf(rows, now)) await tx.objectStore('outbox').add(item)
  await tx.done
  return rows.length > 0
}

function itemsOf(rows: readonly Gathered[], now: number) {
  const named = new Map<string, Gathered[]>()
  for (const row of rows) named.set(row.name, [...(named.get(row.name) ?? []), row])
  return [...named.values()].map(([first, ...rest]) => {
    const { user, into, record } = first as Gathered
    const records = [record, ...rest.map((row) => row.record)]
    return itemOf(user, { ...into, body: { ...(into.body as object), records } }, now)
  })
}
