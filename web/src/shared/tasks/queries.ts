// What a learner's pages ask about a week and its tasks, also those that are done elsewhere than on the task's page.
import { queryOptions, type QueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'

type Id = MaybeRefOrGetter<string>

/** A week of a class; without a number the present one. */
async function week(class_id: string, week: string | undefined) {
  if (week === undefined) {
    return call(api.GET('/api/v1/classes/{class_id}/this-week', { params: { path: { class_id } } }))
  }
  return call(
    api.GET('/api/v1/classes/{class_id}/weeks/{week}', {
      params: { path: { class_id, week: Number(week) } },
    }),
  )
}

const keyOfWeek = (classId: string, number: string | undefined) => ['task-board', 'week', classId, number]

/** The present week has two addresses: what one of them brought is what the other shows, also where there is no network later. */
function tellOther(client: QueryClient, id: string, asked: string | undefined, found: Schema<'WeekView'>) {
  const cache = client.getQueryCache()
  if (asked !== undefined && found.week !== found.this_week) return
  const other = asked === undefined ? String(found.week) : undefined
  cache.build(client, { queryKey: keyOfWeek(id, other), meta: { keep: true } }).setData(found)
}

export const taskQueries = {
  week: (classId: Id, number: MaybeRefOrGetter<string | undefined>) =>
    queryOptions({
      queryKey: ['task-board', 'week', classId, number],
      queryFn: async (context) => {
        const [id, asked] = [toValue(classId), toValue(number)]
        const found = await week(id, asked)
        // Asked anew meanwhile: what came late is older. Asked for before the answer, the signal would end with the page that waits.
        if (!context.signal.aborted) tellOther(context.client, id, asked, found)
        return found
      },
      enabled: () => toValue(classId) !== '',
      meta: { keep: true },
    }),
  task: (taskId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'task', taskId],
      queryFn: () =>
        call(api.GET('/api/v1/tasks/{task_id}', { params: { path: { task_id: toValue(taskId) } } })),
      meta: { keep: true },
    }),
}
