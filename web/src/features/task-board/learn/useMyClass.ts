// Answers in which class I learn; who learns in several sees the newest first and can choose by `?class=`.
// A training that has ended has no present week: its class is offered only to whoever learns nowhere else, or by its address.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { myClasses, trainingOf } from '@/shared/classes/myClasses'
import { useRoute } from 'vue-router'
import { useSession } from '@/shared/session/session'

export function useMyClass() {
  const session = useSession()
  const route = useRoute()
  const ids = computed(() =>
    (session.me?.grants ?? [])
      .filter((grant) => grant.role === 'learner' && grant.scope_kind === 'class')
      .map((grant) => grant.scope_id ?? '')
      // Ids sort by their time.
      .sort((one, other) => (one < other ? 1 : -1)),
  )
  // Names are only needed to choose between several; one class costs no request.
  const names = useQuery({ ...myClasses, enabled: () => ids.value.length > 1 })
  const classes = computed(() => {
    const mine = ids.value.map((id) => {
      const known = names.data.value?.items.find((one) => one.class_id === id)
      const name = known ? `${trainingOf(known)} ${known.name}` : '…'
      return { id, name, hasEnded: known?.training_state === 'closed' }
    })
    const present = mine.filter(({ id, hasEnded }) => !hasEnded || id === route.query.class)
    return present.length > 0 ? present : mine
  })
  const classId = computed(() => {
    const wanted = route.query.class
    const known = classes.value.find((candidate) => candidate.id === wanted) ?? classes.value[0]
    return known?.id ?? ''
  })
  return { classes, classId }
}
