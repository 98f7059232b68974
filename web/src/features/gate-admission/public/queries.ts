// What visitors and applicants ask the server.
import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type AnswerOf, type Schema } from '@/shared/api'

export type PublicTraining = AnswerOf<'/api/v1/public/trainings'>['items'][number]
export type PublicNotice = AnswerOf<'/api/v1/public/trainings/{training_id}/notice'>
export type MyApplication = Schema<'MyApplicationView'>
export type Answers = Schema<'AnswersBody'>

const of = (trainingId: MaybeRefOrGetter<string>) => ({
  params: { path: { training_id: toValue(trainingId) } },
})

export const gateQueries = {
  all: ['gate-admission'],
  recruitment: (after: MaybeRefOrGetter<string | undefined>) =>
    queryOptions({
      queryKey: ['gate-admission', 'recruitment', after],
      queryFn: () =>
        call(api.GET('/api/v1/public/trainings', { params: { query: { after: toValue(after) } } })),
    }),
  notice: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'public-notice', trainingId],
      queryFn: () => call(api.GET('/api/v1/public/trainings/{training_id}/notice', of(trainingId))),
      meta: { keep: true },
    }),
  mine: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['gate-admission', 'mine', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/my-application', of(trainingId))),
      meta: { keep: true },
    }),
  myList: () =>
    infiniteQueryOptions({
      queryKey: ['gate-admission', 'my-list'],
      queryFn: ({ pageParam }) =>
        call(api.GET('/api/v1/my/applications', { params: { query: { after: pageParam } } })),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      meta: { keep: true },
    }),
}

/** Where what is typed of an application is kept. */
export function draftOfApplication(trainingId: string): string {
  return `application:${trainingId}`
}
