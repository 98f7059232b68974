// What the invited person asks the server.
import { infiniteQueryOptions } from '@tanstack/vue-query'
import { api, call } from '@/shared/api'

export const myInvitationQueries = {
  all: ['training-plan', 'my-invitations'],
  list: () =>
    infiniteQueryOptions({
      queryKey: ['training-plan', 'my-invitations'],
      queryFn: ({ pageParam }) =>
        call(api.GET('/api/v1/my/staff-invitations', { params: { query: { after: pageParam } } })),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      meta: { keep: true },
    }),
}
