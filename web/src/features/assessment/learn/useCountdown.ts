// Answers how much time is left, by the server's clock whatever this device's says.
import { computed, onScopeDispose, ref } from 'vue'
import { serverNow } from '@/shared/lib/serverClock'

interface Received {
  id: string
  /** What time it was at the server when it answered. */
  now: string
}

export interface Told extends Pick<Received, 'now'> {
  /** When this device received that answer, by its own clock: an answer from the device's memory may be old. */
  at: number
  /** The same by the clock that nobody sets, if this page received it. */
  since?: number
}

const receipts = new Map<string, { now: string; since: number }>()

export function noteReceipt<T extends Received>(answer: T): T {
  receipts.set(answer.id, { now: answer.now, since: performance.now() })
  return answer
}

/** Undefined for what the device kept from a page before. */
export function receivedSince({ id, now }: Received): number | undefined {
  const receipt = receipts.get(id)
  return receipt?.now === now ? receipt.since : undefined
}

/**
 * Once the server has given the answer to this page, its time is counted on by a clock that nobody sets. Before that the time of other
 * answers, or the kept one and its age, are what is known: `isKnown` is false, and nothing may be ended because of it. There are never
 * more than `longest` seconds left.
 */
export function useCountdown(deadline: () => string, told: () => Told, longest = () => Infinity) {
  const began = performance.now()
  const age = Math.max(0, Date.now() - told().at)
  const guessed = Date.parse(told().now) + age - began
  const time = () => {
    const { now, since } = told()
    if (since !== undefined) return Date.parse(now) + performance.now() - since
    return serverNow() ?? guessed + performance.now()
  }
  const now = ref(time())
  const isKnown = ref(told().since !== undefined)
  const timer = setInterval(() => {
    now.value = time()
    isKnown.value = told().since !== undefined
  }, 1000)
  onScopeDispose(() => clearInterval(timer))

  const seconds = computed(() =>
    Math.min(longest(), Math.max(0, Math.ceil((Date.parse(deadline()) - now.value) / 1000))),
  )
  const text = computed(() => {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${two(Math.floor(seconds.value / 60))}:${two(seconds.value % 60)}`
  })
  return { seconds, text, isKnown, isOver: computed(() => seconds.value === 0), time }
}
