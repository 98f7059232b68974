// Answers which classes I lead as assistant or expert; the chosen one is in the address, else the first whose training is not over.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { myClasses } from '@/shared/classes/myClasses'
import { isOver } from '@/shared/classes/useIsOver'

export function useLedClasses() {
  const route = useRoute()
  const router = useRouter()
  const mine = useQuery(myClasses)
  const led = computed(() => (mine.data.value?.items ?? []).filter((one) => one.my_role !== 'learner'))
  const classes = computed(() => led.value.map((one) => ({ value: one.class_id, label: one.name })))
  const classId = computed({
    get: () => {
      const wanted = led.value.find((one) => one.class_id === route.query.class)
      return (wanted ?? led.value.find((one) => !isOver(one)) ?? led.value[0])?.class_id ?? ''
    },
    set: (value: string) => void router.replace({ query: { ...route.query, class: value } }),
  })
  return { mine, classes, classId }
}
