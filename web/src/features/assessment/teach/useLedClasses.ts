// Answers which classes I lead as assistant or expert; the chosen one is in the address, else the one where most work waits, of those whose
// training is not over.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { myClasses } from '@/shared/classes/myClasses'
import { isOver } from '@/shared/classes/useIsOver'
import { useMostWaiting } from './useMostWaiting'

export function useLedClasses() {
  const route = useRoute()
  const router = useRouter()
  const mine = useQuery(myClasses)
  const led = computed(() => (mine.data.value?.items ?? []).filter((one) => one.my_role !== 'learner'))
  const classes = computed(() => led.value.map((one) => ({ value: one.class_id, label: one.name })))
  const wanted = computed(() => led.value.find((one) => one.class_id === route.query.class)?.class_id)
  const open = computed(() => led.value.filter((one) => !isOver(one)).map((one) => one.class_id))
  // Of one there is nothing to ask.
  const compared = computed(() => (wanted.value === undefined && open.value.length > 1 ? open.value : []))
  const most = useMostWaiting(() => compared.value)
  const classId = computed({
    /** Empty until it is known. */
    get: () => {
      if (wanted.value !== undefined) return wanted.value
      if (open.value.length > 1) return most.value ?? ''
      return open.value[0] ?? led.value[0]?.class_id ?? ''
    },
    set: (value: string) => void router.replace({ query: { ...route.query, class: value } }),
  })
  return { mine, classes, classId }
}
