// What learners ask about tests, assignments and their standing.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'
import { submissionOf } from '@/shared/works/queries'
import { noteReceipt } from './useCountdown'

type Id = MaybeRefOrGetter<string>

export const learnQueries = {
  all: ['assessment'],
  test: (taskId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'test', taskId],
      queryFn: () =>
        call(api.GET('/api/v1/tasks/{task_id}/test', { params: { path: { task_id: toValue(taskId) } } })),
      meta: { keep: true },
    }),
  attempt: (attemptId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'attempt', attemptId],
      queryFn: () =>
        call(
          api.GET('/api/v1/attempts/{attempt_id}', { params: { path: { attempt_id: toValue(attemptId) } } }),
        ).then(noteReceipt),
      meta: { keep: true },
    }),
  submission: submissionOf,
  standing: (trainingId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'standing', trainingId],
      queryFn: () =>
        call(api.GET('/api/v1/my/standing', { params: { query: { training_id: toValue(trainingId) } } })),
      meta: { keep: true },
    }),
}
