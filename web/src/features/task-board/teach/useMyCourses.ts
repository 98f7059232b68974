// Answers which trainings and classes I lead, and what I may do there: from what I was granted, with the names they have.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { myClasses } from '@/shared/classes/myClasses'
import { myTrainings } from '@/shared/classes/myTrainings'
import { titleOf } from '@/shared/i18n/localised'
import { useSession } from '@/shared/session/session'

export interface Led {
  id: string
  name: string
}

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
  /** Those that run come first: whoever says yes to the next one goes on with this one. */
  const trainings = computed<Led[]>(() =>
    on('training', ['assistant', 'expert', 'training_lead'])
      .map((id) => ({ id, known: knownTrainings.data.value?.items.find((training) => training.id === id) }))
      .sort((one, other) => Number(other.known?.state === 'running') - Number(one.known?.state === 'running'))
      .map(({ id, known }) => ({ id, name: known ? titleOf(known) : '…' })),
  )
  /** By their numbers, as everywhere. */
  const classes = computed(() =>
    on('class', ['assistant', 'expert'])
      .map((id) => {
        const known = knownClasses.data.value?.items.find((one) => one.class_id === id)
        return { id, name: known?.name ?? '…', trainingId: known?.training_id, number: known?.number ?? 0 }
      })
      .sort((one, other) => one.number - other.number),
  )
  /** What a training that is over was stays as it is. */
  const isOver = (trainingId: string | undefined) =>
    knownTrainings.data.value?.items.some((one) => one.id === trainingId && one.state === 'closed') === true
  /** Experts and the lead make the course; assistants publish it. */
  const canMake = (trainingId: string) =>
    on('training', ['expert', 'training_lead']).includes(trainingId) && !isOver(trainingId)
  return { trainings, classes, canMake, isOver }
}
