// Answers how a list changes: every edit names the version that was read, and the answer is the list as it is then.
import { useQueryClient } from '@tanstack/vue-query'
import type { Schema } from '@/shared/api'
import { api, call } from '@/shared/api'
import { useAction } from '@/shared/api/useAction'
import { courseQueries } from './queries'

type List = Schema<'TaskListView'>

export function useListEdits(list: () => List | undefined) {
  const client = useQueryClient()
  const version = () => `"v${list()?.version ?? 0}"`
  const take = (changed: List) => {
    client.setQueryData(courseQueries.list(changed.id).queryKey, changed)
    void client.invalidateQueries({ queryKey: courseQueries.lists(changed.training_id).queryKey })
  }
  const path = () => ({ list_id: list()?.id ?? '' })
  const header = () => ({ 'If-Match': version() })

  const setState = useAction({
    run: (state: Schema<'ListState'>) =>
      call(
        api.PUT('/api/v1/task-lists/{list_id}/state', {
          params: { path: path(), header: header() },
          body: { state },
        }),
      ),
    onDone: take,
  })
  const order = useAction({
    run: (task_ids: string[]) =>
      call(
        api.PUT('/api/v1/task-lists/{list_id}/order', {
          params: { path: path(), header: header() },
          body: { task_ids },
        }),
      ),
    onDone: take,
  })
  const remove = useAction({
    run: (task_id: string) =>
      call(api.DELETE('/api/v1/tasks/{task_id}', { params: { path: { task_id }, header: header() } })),
    onDone: take,
  })
  const withdraw = useAction({
    run: ({ task_id, correction }: { task_id: string; correction: string }, { headers }) =>
      call(
        api.POST('/api/v1/tasks/{task_id}/withdraw', {
          params: { path: { task_id }, header: header() },
          body: { correction },
          headers,
        }),
      ),
    onDone: take,
  })
  return { setState, order, remove, withdraw, take }
}
