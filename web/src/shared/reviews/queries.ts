// What a learner's pages ask about the reviews of their work.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

/** Of what I did for a task: an assignment or a reflection. */
export const reviewsOf = (taskId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['assessment', 'reviews', taskId],
    queryFn: () =>
      call(api.GET('/api/v1/tasks/{task_id}/reviews', { params: { path: { task_id: toValue(taskId) } } })),
    meta: { keep: true },
  })
