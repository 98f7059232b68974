// Answers how much time is left, by the server's clock whatever this device's says.
import { computed, onScopeDispose, ref } from 'vue'

export function useCountdown(deadline: () => string, serverNow: () => string) {
  const ahead = Date.parse(serverNow()) - Date.now()
  const now = ref(Date.now() + ahead)
  const timer = setInterval(() => (now.value = Date.now() + ahead), 1000)
  onScopeDispose(() => clearInterval(timer))

  const seconds = computed(() => Math.max(0, Math.ceil((Date.parse(deadline()) - now.value) / 1000)))
  const text = computed(() => {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${two(Math.floor(seconds.value / 60))}:${two(seconds.value % 60)}`
  })
  return { seconds, text, isOver: computed(() => seconds.value === 0) }
}
