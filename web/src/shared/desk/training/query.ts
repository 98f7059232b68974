// A training as every page of it asks for it: once, under one key.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const trainingQuery = (trainingId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['training-plan', 'one', trainingId],
    queryFn: () =>
      call(
        api.GET('/api/v1/trainings/{training_id}', {
          params: { path: { training_id: toValue(trainingId) } },
        }),
      ),
  })
