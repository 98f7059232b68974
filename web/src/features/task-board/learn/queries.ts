// What the learner's pages ask the server.
import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'
import { taskQueries } from '@/shared/tasks/queries'

type Id = MaybeRefOrGetter<string>

export const weekQueries = {
  all: ['task-board'],
  ...taskQueries,
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
