// What was handed in for a submission or a reflection, by what its id says.
import { infiniteQueryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

/** My own stay on the device; what others handed in does not. */
export const handInsOf = (workId: MaybeRefOrGetter<string>, isMine = false) =>
  infiniteQueryOptions({
    queryKey: ['assessment', 'hand-ins', workId],
    queryFn: ({ pageParam }) => {
      const id = toValue(workId)
      const query = pageParam === undefined ? {} : { after: Number(pageParam) }
      return id.startsWith('ref_')
        ? call(
            api.GET('/api/v1/reflections/{reflection_id}/hand-ins', {
              params: { path: { reflection_id: id }, query },
            }),
          )
        : call(
            api.GET('/api/v1/submissions/{submission_id}/hand-ins', {
              params: { path: { submission_id: id }, query },
            }),
          )
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: () => toValue(workId) !== '',
    meta: { keep: isMine },
  })
