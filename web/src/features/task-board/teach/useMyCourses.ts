// Answers which trainings and classes I lead, and what I may do there: from what I was granted, with the names they have.
import { queryOptions, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, call } from '@/shared/api'
import { locale } from '@/shared/i18n'
import { useSession } from '@/shared/session/session'

export interface Led {
  id: string
  name: string
}

/** The same key as the class pages': what one has asked, the other knows. */
const myClasses = queryOptions({
  queryKey: ['class-allocation', 'mine'],
  queryFn: () => call(api.GET('/api/v1/my/classes')),
  meta: { keep: true },
})
const myTrainings = queryOptions({
  queryKey: ['task-board', 'trainings'],
  queryFn: () => call(api.GET('/api/v1/trainings', { params: { query: { limit: 200 } } })),
})

export function useMyCourses() {
  const session = useSession()
  const knownClasses = useQuery(myClasses)
  const knownTrainings = useQuery(myTrainings)
  const grants = computed(() => session.me?.grants ?? [])

  /** Newest first: ids sort by their time. */
  const on = (kind: string, roles: readonly string[]): string[] => {
    const held = grants.value.filter((grant) => grant.scope_kind === kind && roles.includes(grant.role))
    return [...new Set(held.map((grant) => grant.scope_id ?? ''))].sort().reverse()
  }
  const trainings = computed<Led[]>(() =>
    on('training', ['assistant', 'expert', 'training_lead']).map((id) => {
      const known = knownTrainings.data.value?.items.find((training) => training.id === id)
      return { id, name: known ? titleOf(known) : '…' }
    }),
  )
  const classes = computed(() =>
    on('class', ['assistant', 'expert']).map((id) => {
      const known = knownClasses.data.value?.items.find((one) => one.class_id === id)
      return { id, name: known?.name ?? '…', trainingId: known?.training_id }
    }),
  )
  /** Experts and the lead make the course; assistants publish it. */
  const canMake = (trainingId: string) => on('training', ['expert', 'training_lead']).includes(trainingId)
  return { trainings, classes, canMake }
}

function titleOf(training: { title: string; title_en: string }): string {
  return (locale.value === 'en' && training.title_en) || training.title
}
