// Answers how somebody's own work for an assignment is asked for: to go on with it, and to have it at hand without a network.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const submissionOf = (taskId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['assessment', 'submission', taskId],
    queryFn: () =>
      call(api.GET('/api/v1/tasks/{task_id}/submission', { params: { path: { task_id: toValue(taskId) } } })),
    meta: { keep: true },
  })
