// Trainings as every page of the desk asks for them: once, under one key.
import { keepPreviousData, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type AnswerOf, type Schema } from '@/shared/api'

export type TrainingCard = AnswerOf<'/api/v1/trainings'>['items'][number]

export interface TrainingsFilter {
  planState?: Schema<'PlanState'>
  after?: string
}

export const trainingsQuery = (filter: MaybeRefOrGetter<TrainingsFilter>) =>
  queryOptions({
    queryKey: ['training-plan', 'page', filter],
    queryFn: () => {
      const { planState, after } = toValue(filter)
      return call(
        api.GET('/api/v1/trainings', { params: { query: { plan_state: planState, after, limit: 30 } } }),
      )
    },
    placeholderData: keepPreviousData,
  })

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
