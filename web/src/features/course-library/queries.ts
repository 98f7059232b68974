// What this feature asks the server.
import { infiniteQueryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

type Id = MaybeRefOrGetter<string>

export const libraryQueries = {
  all: ['course-library'],
  resources: (trainingId: Id) =>
    infiniteQueryOptions({
      queryKey: ['course-library', 'resources', trainingId],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/trainings/{training_id}/resources', {
            params: { path: { training_id: toValue(trainingId) }, query: { limit: 50, after: pageParam } },
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      meta: { keep: true },
    }),
  videos: (trainingId: Id) =>
    infiniteQueryOptions({
      queryKey: ['course-library', 'videos', trainingId],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/trainings/{training_id}/micro-videos', {
            params: { path: { training_id: toValue(trainingId) }, query: { limit: 50, after: pageParam } },
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
}

/** Opens a file by an address of its own; the page stays. */
export async function openFile(resourceId: string): Promise<void> {
  const params = { path: { resource_id: resourceId } }
  const { url } = await call(api.GET('/api/v1/resources/{resource_id}/file', { params }))
  location.assign(url)
}
