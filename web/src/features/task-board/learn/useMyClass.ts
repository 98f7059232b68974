// Answers in which class I learn; who learns in several sees the newest first and can choose by `?class=`.
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/shared/session/session'

export function useMyClass() {
  const session = useSession()
  const route = useRoute()
  const classes = computed(() =>
    (session.me?.grants ?? [])
      .filter((grant) => grant.role === 'learner' && grant.scope_kind === 'class')
      .map((grant) => ({ id: grant.scope_id ?? '', name: grant.scope_name ?? '' }))
      // Ids sort by their time.
      .sort((one, other) => (one.id < other.id ? 1 : -1)),
  )
  const classId = computed(() => {
    const wanted = route.query.class
    const known = classes.value.find((candidate) => candidate.id === wanted) ?? classes.value[0]
    return known?.id ?? ''
  })
  return { classes, classId }
}
