// What leads and offices ask about evaluation and results.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

type Id = MaybeRefOrGetter<string>
const of = (trainingId: Id) => ({ params: { path: { training_id: toValue(trainingId) } } })

export const officeQueries = {
  scheme: (trainingId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'scheme', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/evaluation-scheme', of(trainingId))),
    }),
  results: (trainingId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'results', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/results', of(trainingId))),
    }),
  /** For how long after a week its work is still taken. */
  grace: (trainingId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'settings', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/board-settings', of(trainingId))),
    }),
  attempt: (attemptId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'attempt', attemptId],
      queryFn: () =>
        call(
          api.GET('/api/v1/attempts/{attempt_id}', { params: { path: { attempt_id: toValue(attemptId) } } }),
        ),
    }),
  result: (trainingId: Id, personId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'result', trainingId, personId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/results/{person_id}', {
            params: { path: { training_id: toValue(trainingId), person_id: toValue(personId) } },
          }),
        ),
    }),
}

/** Where what is typed of a scheme is kept. */
export function draftOfScheme(trainingId: string): string {
  return `scheme:${trainingId}`
}
