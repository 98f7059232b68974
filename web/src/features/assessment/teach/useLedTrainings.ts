// Answers which trainings I make the course of, newest first, by their names; the chosen one is in the address.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { titleOf } from '@/shared/i18n/localised'
import { myTrainings } from '@/shared/classes/myTrainings'
import { useSession } from '@/shared/session/session'

export function useLedTrainings() {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const known = useQuery(myTrainings)
  /** Ids sort by their time. */
  const trainings = computed(() => {
    const mine = (session.me?.grants ?? []).filter(
      (grant) =>
        grant.scope_kind === 'training' && (grant.role === 'expert' || grant.role === 'training_lead'),
    )
    return [...new Set(mine.map((grant) => grant.scope_id ?? ''))]
      .sort()
      .reverse()
      .map((value) => ({ value, label: nameOf(value) }))
  })
  const trainingId = computed({
    get: () =>
      trainings.value.find((one) => one.value === route.query.training)?.value ??
      trainings.value[0]?.value ??
      '',
    set: (value: string) => void router.replace({ query: { training: value } }),
  })

  function nameOf(id: string): string {
    const training = known.data.value?.items.find((one) => one.id === id)
    return training ? titleOf(training) : '…'
  }
  return { trainings, trainingId }
}
