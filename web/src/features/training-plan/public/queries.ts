// What the invited person asks the server.
import { queryOptions } from '@tanstack/vue-query'
import { api, call } from '@/shared/api'

export const myInvitationQueries = {
  all: ['training-plan', 'my-invitations'],
  list: () =>
    queryOptions({
      queryKey: ['training-plan', 'my-invitations'],
      queryFn: () => call(api.GET('/api/v1/my/staff-invitations')),
      meta: { keep: true },
    }),
}
