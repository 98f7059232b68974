// What the pages of a class's standings ask; they are small, and the desk pages of two places show them alike.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'

export type StandingRow = Schema<'LearnerStandingView'> & { id: string }

const of = (classId: MaybeRefOrGetter<string>) => ({ params: { path: { class_id: toValue(classId) } } })

export const standingQueries = {
  ofClass: (classId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['assessment', 'standings', classId],
      queryFn: () => call(api.GET('/api/v1/classes/{class_id}/standings', of(classId))),
      select: ({ items }): StandingRow[] => items.map((one) => ({ ...one, id: one.learner.id })),
    }),
  group: (classId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['assessment', 'class', classId],
      queryFn: () => call(api.GET('/api/v1/classes/{class_id}', of(classId))),
    }),
}
