// Answers what is true of writings that wait on this device: a page speaks of a network only where there is none.
import { computed, type ComputedRef } from 'vue'
import type { OutboxItem } from './db'
import { useOutbox } from './useOutbox'

/** Without a network they are kept for one; `busy`: the server did not take them at the first try; else they are on their way. */
export type Way = 'kept' | 'busy' | 'sending'

export function useWaiting(items: () => readonly OutboxItem[]): ComputedRef<Way | undefined> {
  const outbox = useOutbox()
  return computed(() => {
    const waiting = items().filter((item) => item.state === 'waiting')
    if (waiting.length === 0) return undefined
    if (outbox.isAway) return 'kept'
    return waiting.some((item) => item.tries > 0) ? 'busy' : 'sending'
  })
}
