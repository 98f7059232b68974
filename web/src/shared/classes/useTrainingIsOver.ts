// Answers whether a training that I may look into is over: what belongs to it stays as it is, so nothing is offered that would change it.
import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { myTrainings } from './myTrainings'

/** Taken to be running until it is known, and where nobody answers. */
export function useTrainingIsOver(trainingId: MaybeRefOrGetter<string | undefined>) {
  const known = useQuery(myTrainings)
  return computed(
    () =>
      known.data.value?.items.some((one) => one.id === toValue(trainingId) && one.state === 'closed') ===
      true,
  )
}
