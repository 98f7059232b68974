// What the desks of trainings, plans and staff ask the server.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type AnswerOf, type Schema } from '@/shared/api'
import { trainingQuery } from '@/shared/desk/training/query'

export type Training = AnswerOf<'/api/v1/trainings/{training_id}'>
export type Plan = Schema<'PlanView'>
export type PlanBody = Schema<'PlanBody'>
export type Submission = Schema<'PlanSubmissionView'>
export type Lead = Schema<'TrainingLeadView'>
export type Invitation = Schema<'StaffInvitationView'>

const of = (trainingId: MaybeRefOrGetter<string>) => ({
  params: { path: { training_id: toValue(trainingId) } },
})

export const trainingQueries = {
  all: ['training-plan'],
  one: trainingQuery,
  plan: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['training-plan', 'plan', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/plan', of(trainingId))),
    }),
  submissions: (trainingId: MaybeRefOrGetter<string>) =>
    infiniteQueryOptions({
      queryKey: ['training-plan', 'submissions', trainingId],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/trainings/{training_id}/plan/submissions', {
            params: { path: { training_id: toValue(trainingId) }, query: { after: pageParam } },
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  invitations: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['training-plan', 'invitations', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/staff-invitations', of(trainingId))),
    }),
  leads: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['training-plan', 'leads', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/leads', of(trainingId))),
    }),
  /** People who can be invited or named, by a part of their name. */
  people: (name: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['training-plan', 'people', name],
      queryFn: () => call(api.GET('/api/v1/people', { params: { query: { name: toValue(name) } } })),
      enabled: () => toValue(name).trim() !== '',
      placeholderData: keepPreviousData,
    }),
  /** Units in which a training can be started, by a part of their name; without it, the top of one's reach. */
  units: (name: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['training-plan', 'units', name],
      queryFn: () =>
        call(
          api.GET('/api/v1/org-units', { params: { query: { name: toValue(name).trim() || undefined } } }),
        ),
      placeholderData: keepPreviousData,
    }),
}

/** Where what is typed of a plan is kept. */
export function draftOfPlan(trainingId: string): string {
  return `plan:${trainingId}`
}
