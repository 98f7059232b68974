// What the desks of the gate ask the server.
import { keepPreviousData, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type AnswerOf, type Schema } from '@/shared/api'
import { trainingQuery } from '@/shared/desk/training/query'

export type Application = Schema<'ApplicationView'>
export type ApplicationDetail = AnswerOf<'/api/v1/applications/{application_id}'>
export type Notice = Schema<'NoticeView'>
export type NoticeBody = Schema<'NoticeBody'>
export type Decision = Schema<'Decision'>
export type DecidedRow = Schema<'DecidedRowView'>

const of = (trainingId: MaybeRefOrGetter<string>) => ({
  params: { path: { training_id: toValue(trainingId) } },
})

export interface ApplicationsFilter {
  trainingId: string
  state?: Application['state']
  ended?: Schema<'EndedAs'>
  name?: string
  after?: string
}

export const gateDeskQueries = {
  all: ['gate-admission'],
  training: trainingQuery,
  notice: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'notice', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/notice', of(trainingId))),
    }),
  plan: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'plan', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/plan', of(trainingId))),
    }),
  summary: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'summary', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/admission-summary', of(trainingId))),
    }),
  applications: (filter: MaybeRefOrGetter<ApplicationsFilter>) =>
    queryOptions({
      queryKey: ['gate-admission', 'applications', filter],
      queryFn: () => {
        const { trainingId, state, ended, name, after } = toValue(filter)
        return call(
          api.GET('/api/v1/trainings/{training_id}/applications', {
            params: {
              path: { training_id: trainingId },
              query: { state, ended, name: name || undefined, after },
            },
          }),
        )
      },
      placeholderData: keepPreviousData,
    }),
  /** Whoever gets the next free seat. */
  nextWaiting: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'next-waiting', trainingId],
      queryFn: () =>
        call(api.GET('/api/v1/trainings/{training_id}/applications/next-waiting', of(trainingId))),
    }),
  one: (applicationId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'application', applicationId],
      queryFn: () =>
        call(
          api.GET('/api/v1/applications/{application_id}', {
            params: { path: { application_id: toValue(applicationId) } },
          }),
        ),
    }),
  recommendations: (filter: MaybeRefOrGetter<{ waiting: boolean; after?: string }>) =>
    queryOptions({
      queryKey: ['gate-admission', 'recommendations', filter],
      queryFn: () => call(api.GET('/api/v1/recommendations', { params: { query: toValue(filter) } })),
      placeholderData: keepPreviousData,
    }),
}

/** Where what is typed of a notice is kept. */
export function draftOfNotice(trainingId: string): string {
  return `notice:${trainingId}`
}
