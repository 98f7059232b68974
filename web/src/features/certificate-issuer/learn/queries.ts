// What a learner's certificates and credits are asked with.
import { queryOptions } from '@tanstack/vue-query'
import { api, call, type Schema } from '@/shared/api'

export type MyCertificate = Schema<'CertificateView'>

export const mineQueries = {
  certificates: () =>
    queryOptions({
      queryKey: ['certificate-issuer', 'my-certificates'],
      queryFn: () => call(api.GET('/api/v1/my/certificates')),
      meta: { keep: true },
    }),
  credits: () =>
    queryOptions({
      queryKey: ['certificate-issuer', 'my-credits'],
      queryFn: () => call(api.GET('/api/v1/my/credits')),
      meta: { keep: true },
    }),
}
