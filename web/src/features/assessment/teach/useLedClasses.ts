// Answers which classes I lead as assistant or expert; the chosen one is in the address.
import { queryOptions, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, call } from '@/shared/api'

/** The same key as the class pages': what one has asked, the other knows. */
const myClasses = queryOptions({
  queryKey: ['class-allocation', 'mine'],
  queryFn: () => call(api.GET('/api/v1/my/classes')),
  meta: { keep: true },
})

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
