// What was handed in for a submission or a reflection, by what its id says.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const handInsOf = (workId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['assessment', 'hand-ins', workId],
    queryFn: () => {
      const id = toValue(workId)
      return id.startsWith('ref_')
        ? call(
            api.GET('/api/v1/reflections/{reflection_id}/hand-ins', {
              params: { path: { reflection_id: id } },
            }),
          )
        : call(
            api.GET('/api/v1/submissions/{submission_id}/hand-ins', {
              params: { path: { submission_id: id } },
            }),
          )
    },
    enabled: () => toValue(workId) !== '',
  })
