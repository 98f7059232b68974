// Answers how a writing that waits, or was refused, is taken up by its writer: tried anew, corrected, replaced, given up. It comes with the
// pages where somebody writes.
import { freshId } from '@/shared/lib/id'
import { useSession } from '@/shared/session/session'
import { drop, find, keep, type OutboxItem } from './db'
import { inTurn, itemOf, list, type Writing } from './outbox'
import { useOutbox } from './useOutbox'

export function useMending() {
  const outbox = useOutbox()
  const session = useSession()

  return {
    /** As `send`, in place of what waits for the same address. */
    async sendInstead(url: string, make: (before: OutboxItem | undefined) => Writing): Promise<void> {
      if (!session.personId) throw new Error('the outbox belongs to a signed-in person')
      await replace(session.personId, url, make)
      await outbox.refresh()
      void outbox.flushNow()
    },

    /** Nothing is under way any more. */
    rest: () => inTurn(() => Promise.resolve()),

    async dropItem(item: OutboxItem) {
      await drop('outbox', item.seq as number)
      await outbox.refresh()
    },

    async retryItem(item: OutboxItem) {
      await retry(item.seq as number)
      await outbox.flushNow()
    },

    async rewriteItem(item: OutboxItem, body: unknown) {
      await rewrite(item.seq as number, body)
      await outbox.flushNow()
    },
  }
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
    for (const { seq } of more) await drop('outbox', seq as number)
  })
}
