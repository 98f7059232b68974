// Answers which classes I lead as assistant or expert; the chosen one is in the address.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { myClasses } from '@/shared/classes/myClasses'

export function useLedClasses() {
  const route = useRoute()
  const router = useRouter()
  const mine = useQuery(myClasses)
  const classes = computed(() =>
    (mine.data.value?.items ?? [])
      .filter((one) => one.my_role !== 'learner')
      .map((one) => ({ value: one.class_id, label: one.name })),
  )
  const classId = computed({
    get: () =>
      classes.value.find((one) => one.value === route.query.class)?.value ?? classes.value[0]?.value ?? '',
    set: (value: string) => void router.replace({ query: { ...route.query, class: value } }),
  })
  return { mine, classes, classId }
}
