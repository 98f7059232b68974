// Answers in which class I learn; who learns in several sees the newest first and can choose by `?class=`.
// A training that has ended has no present week: its class is offered only to whoever learns nowhere else.
import { queryOptions, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, call } from '@/shared/api'
import { locale } from '@/shared/i18n'
import { useRoute } from 'vue-router'
import { useSession } from '@/shared/session/session'

/** The same key as the class pages': what one has asked, the other knows. */
const mine = queryOptions({
  queryKey: ['class-allocation', 'mine'],
  queryFn: () => call(api.GET('/api/v1/my/classes')),
  meta: { keep: true },
})

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
  const names = useQuery({ ...mine, enabled: () => ids.value.length > 1 })
  const classes = computed(() => {
    const mine = ids.value.map((id) => {
      const known = names.data.value?.items.find((one) => one.class_id === id)
      const training = (locale.value === 'en' && known?.training_title_en) || known?.training_title
      const name = known ? `${training} ${known.name}` : '…'
      return { id, name, hasEnded: known?.training_state === 'closed' }
    })
    const present = mine.filter((one) => !one.hasEnded)
    return present.length > 0 ? present : mine
  })
  const classId = computed(() => {
    const wanted = route.query.class
    const known = classes.value.find((candidate) => candidate.id === wanted) ?? classes.value[0]
    return known?.id ?? ''
  })
  return { classes, classId }
}
