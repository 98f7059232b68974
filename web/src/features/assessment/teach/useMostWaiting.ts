// Answers in which of these classes most work waits for its review, asked once: a class does not change under the hands of who grades.
import { useQueries } from '@tanstack/vue-query'
import { computed, shallowRef, watch } from 'vue'
import { teachQueries } from './queries'

export function useMostWaiting(classIds: () => string[]) {
  const queues = useQueries({
    queries: computed(() => classIds().map((id) => teachQueries.queue(id))),
  })
  const most = shallowRef<string>()
  watch(
    () => queues.value.length > 0 && queues.value.every((queue) => !queue.isPending),
    (isKnown) => {
      if (!isKnown || most.value !== undefined) return
      const waits = queues.value.map((queue) => queue.data?.items.length ?? 0)
      most.value = classIds()[waits.indexOf(Math.max(...waits))]
    },
    { immediate: true },
  )
  return most
}
