// What verification asks the server; nobody needs to be signed in for it.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'
import { uploadFile } from '@/shared/api/files'

export type Verified = Schema<'PublicCertificateView'>

export interface Numbered {
  serial: string
  key: string
}

const NOTHING: Numbered = { serial: '', key: '' }

/** Asks only when there is a number and a key; every look is a fresh one, because a certificate may be revoked meanwhile. */
export const verifiedByNumber = (asked: MaybeRefOrGetter<Numbered | undefined>) =>
  queryOptions({
    queryKey: ['certificate-issuer', 'verified', asked],
    queryFn: () => {
      const { serial, key } = toValue(asked) ?? NOTHING
      return call(
        api.GET('/api/v1/public/certificates/{serial}', { params: { path: { serial }, query: { key } } }),
      )
    },
    enabled: () => toValue(asked) !== undefined,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** A certificate is never larger. */
const MOST_MB = 2

export const verifyFile = (file: File) =>
  uploadFile<Verified>('/api/v1/public/certificates/verify', file, { mostMb: MOST_MB })
