// What the desks of leads and offices ask about certificates.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'

export type Batch = Schema<'CertificateBatchView'>
export type BatchDetail = Schema<'CertificateBatchDetail'>
export type Entry = Schema<'BatchEntryView'>
export type BatchState = Schema<'BatchState'>
export type Change = Schema<'CertificateChangeView'>
export type ChangeState = Schema<'ChangeState'>
export type Deciders = Schema<'DecidersView'>
export type CreditLine = Schema<'CreditEntryView'>

type Asked<Value> = MaybeRefOrGetter<Value | undefined>

/** While certificates are being signed, the desk looks again after this long. */
const AGAIN_AFTER = 3000

export const certificateQueries = {
  all: ['certificate-issuer'],
  batches: (state: Asked<BatchState>, find: Asked<string>, after: Asked<string>) =>
    queryOptions({
      queryKey: ['certificate-issuer', 'batches', state, find, after],
      queryFn: () =>
        call(
          api.GET('/api/v1/certificate-batches', {
            params: {
              query: { state: toValue(state), find: toValue(find), after: toValue(after), limit: 30 },
            },
          }),
        ),
    }),
  ofTraining: (trainingId: Asked<string>) =>
    queryOptions({
      queryKey: ['certificate-issuer', 'training', trainingId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/certificate-batches', {
            params: { path: { training_id: toValue(trainingId) ?? '' } },
          }),
        ),
      enabled: () => toValue(trainingId) !== undefined,
    }),
  batch: (batchId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['certificate-issuer', 'batch', batchId],
      queryFn: () => call(api.GET('/api/v1/certificate-batches/{batch_id}', of(toValue(batchId)))),
      refetchInterval: (query) => (isUnderWay(query.state.data) ? AGAIN_AFTER : false),
    }),
  changes: (state: Asked<ChangeState>, after: Asked<string>) =>
    queryOptions({
      queryKey: ['certificate-issuer', 'changes', state, after],
      queryFn: () =>
        call(
          api.GET('/api/v1/certificate-changes', {
            params: { query: { state: toValue(state), after: toValue(after), limit: 30 } },
          }),
        ),
    }),
  change: (changeId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['certificate-issuer', 'change', changeId],
      queryFn: () =>
        call(
          api.GET('/api/v1/certificate-changes/{change_id}', {
            params: { path: { change_id: toValue(changeId) } },
          }),
        ),
    }),
  credits: (find: Asked<string>, after: Asked<string>) =>
    queryOptions({
      queryKey: ['certificate-issuer', 'credits', find, after],
      queryFn: () =>
        call(
          api.GET('/api/v1/credit-entries', {
            params: { query: { find: toValue(find), after: toValue(after), limit: 50 } },
          }),
        ),
    }),
}

export const of = (batchId: string) => ({ params: { path: { batch_id: batchId } } })

/** Approved, or corrected, and not all signed yet. */
function isUnderWay(detail: BatchDetail | undefined): boolean {
  if (!detail) return false
  return detail.batch.unfinished > 0 && detail.batch.state !== 'draft' && detail.batch.state !== 'submitted'
}
