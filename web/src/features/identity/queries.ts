// What this feature asks the server.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const identityQueries = {
  firstUse: (token: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['identity', 'first-use', token],
      queryFn: () =>
        call(api.GET('/api/v1/first-use/{token}', { params: { path: { token: toValue(token) } } })),
      enabled: () => toValue(token) !== '',
      staleTime: Infinity,
    }),
}
