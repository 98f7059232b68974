// Answers how a list changes: every edit names the version that was read, and the answer is the list as it is then. What somebody else
// changed meanwhile is shown, and decided on anew.
import { useQueryClient } from '@tanstack/vue-query'
import type { Schema } from '@/shared/api'
import { api, call } from '@/shared/api'
import { useAction } from '@/shared/api/useAction'
import { useAsRead, type AsRead } from '@/shared/decision/useAsRead'
import { courseQueries } from './queries'

type List = Schema<'TaskListView'>

export function useListEdits(list: () => List | undefined) {
  const client = useQueryClient()
  const asRead = useAsRead(() => list()?.version ?? 0, ['task-board', 'list'])
  const take = (changed: List) => {
    client.setQueryData(courseQueries.list(changed.id).queryKey, changed)
    void client.invalidateQueries({ queryKey: courseQueries.lists(changed.training_id).queryKey })
  }
  const path = () => ({ list_id: list()?.id ?? '' })
  const header = ({ tag }: AsRead) => ({ 'If-Match': tag })

  const setState = useAction({
    run: (state: Schema<'ListState'>, { headers }) => {
      asRead.begin()
      return asRead.send(headers, (as) =>
        call(
          api.PUT('/api/v1/task-lists/{list_id}/state', {
            params: { path: path(), header: header(as) },
            body: { state },
          }),
        ),
      )
    },
    onDone: take,
  })
  const order = useAction({
    run: (task_ids: string[], { headers }) => {
      asRead.begin()
      return asRead.send(headers, (as) =>
        call(
          api.PUT('/api/v1/task-lists/{list_id}/order', {
            params: { path: path(), header: header(as) },
            body: { task_ids },
          }),
        ),
      )
    },
    onDone: take,
  })
  const remove = useAction({
    run: (task_id: string, { headers }) =>
      asRead.send(headers, (as) =>
        call(api.DELETE('/api/v1/tasks/{task_id}', { params: { path: { task_id }, header: header(as) } })),
      ),
    onDone: take,
  })
  const withdraw = useAction({
    run: ({ task_id, correction }: { task_id: string; correction: string }, { headers }) =>
      asRead.send(headers, (as) =>
        call(
          api.POST('/api/v1/tasks/{task_id}/withdraw', {
            params: { path: { task_id }, header: header(as) },
            body: { correction },
            headers: as.headers,
          }),
        ),
      ),
    onDone: take,
  })
  return {
    setState,
    order,
    /** Both are about what stood there when the asking began: at the set-up, or with `begin`. */
    remove,
    withdraw,
    begin: asRead.begin,
    take,
  }
}
