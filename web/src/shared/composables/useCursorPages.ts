// Answers where in a cursor-paged list (`?after=`, answered with `next`) a page stands, with a way back.
import { computed, ref, watch, type WatchSource } from 'vue'

/** `resetOn`: filters; a changed filter starts at the first page again. */
export function useCursorPages(resetOn?: WatchSource | WatchSource[]) {
  const trail = ref<string[]>([])
  if (resetOn) watch(resetOn, () => (trail.value = []), { deep: true })
  return {
    /** Undefined on the first page. Put it into the query key and the request. */
    after: computed<string | undefined>(() => trail.value[trail.value.length - 1]),
    page: computed(() => trail.value.length + 1),
    forward(next: string | null | undefined) {
      if (next) trail.value = [...trail.value, next]
    },
    back() {
      trail.value = trail.value.slice(0, -1)
    },
  }
}
