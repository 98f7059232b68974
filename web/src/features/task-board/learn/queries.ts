// What the learner's pages ask the server.
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/vue-query'
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

export const weekQueries = {
  all: ['task-board'],
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
  reflection: (taskId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'reflection', taskId],
      queryFn: () =>
        call(
          api.GET('/api/v1/tasks/{task_id}/reflection', { params: { path: { task_id: toValue(taskId) } } }),
        ),
      meta: { keep: true },
    }),
  address: (videoId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'address', videoId],
      queryFn: () =>
        call(
          api.GET('/api/v1/micro-videos/{micro_video_id}/playback', {
            params: { path: { micro_video_id: toValue(videoId) } },
          }),
        ),
      // Asking again would start the video anew; a player whose address has ended asks by itself.
      staleTime: 6 * 3600_000,
    }),
  announcements: (classId: Id) =>
    infiniteQueryOptions({
      queryKey: ['task-board', 'announcements', classId],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/classes/{class_id}/announcements', {
            params: { path: { class_id: toValue(classId) }, query: { limit: 20, after: pageParam } },
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      meta: { keep: true },
    }),
}
