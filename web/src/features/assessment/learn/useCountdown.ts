// Answers how much time is left, by the server's clock whatever this device's says.
import { computed, onScopeDispose, ref } from 'vue'
import { serverNow } from '@/shared/lib/serverClock'

export interface Told {
  /** What time it was at the server when it answered. */
  now: string
  /** When this device received that answer, by its own clock: an answer from the device's memory may be old. */
  at: number
}

/**
 * Once the server has said anything to this page, its clock is counted on by one that nobody sets. Before that, without a
 * network, the kept answer and its age are what is known: `isKnown` is false, and nothing may be ended because of it.
 */
export function useCountdown(deadline: () => string, told: () => Told) {
  const began = performance.now()
  const age = Math.max(0, Date.now() - told().at)
  const guessed = Date.parse(told().now) + age
  const time = () => serverNow() ?? guessed + performance.now() - began
  const now = ref(time())
  const isKnown = ref(serverNow() !== undefined)
  const timer = setInterval(() => {
    now.value = time()
    isKnown.value = serverNow() !== undefined
  }, 1000)
  onScopeDispose(() => clearInterval(timer))

  const seconds = computed(() => Math.max(0, Math.ceil((Date.parse(deadline()) - now.value) / 1000)))
  const text = computed(() => {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${two(Math.floor(seconds.value / 60))}:${two(seconds.value % 60)}`
  })
  return { seconds, text, isKnown, isOver: computed(() => seconds.value === 0) }
}
