// Answers who has left a training, asked in one place: its classes show them, and they have no result.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const departedLearners = (trainingId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['class-allocation', 'departed', trainingId],
    queryFn: () =>
      call(
        api.GET('/api/v1/trainings/{training_id}/departed-learners', {
          params: { path: { training_id: toValue(trainingId) } },
        }),
      ),
  })
