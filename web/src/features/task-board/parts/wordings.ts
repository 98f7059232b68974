// What a task has said since its list was published.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const wordingsOf = (taskId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['task-board', 'wordings', taskId],
    queryFn: () =>
      call(api.GET('/api/v1/tasks/{task_id}/wordings', { params: { path: { task_id: toValue(taskId) } } })),
    meta: { keep: true },
  })
