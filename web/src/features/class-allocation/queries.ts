// What members of a class ask the server.
import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

type ClassId = MaybeRefOrGetter<string>
const of = (classId: ClassId) => ({ params: { path: { class_id: toValue(classId) } } })

export const classQueries = {
  all: ['class-allocation'],
  one: (classId: ClassId) =>
    queryOptions({
      queryKey: ['class-allocation', 'class', classId],
      queryFn: () => call(api.GET('/api/v1/classes/{class_id}', of(classId))),
      meta: { keep: true },
    }),
  members: (classId: ClassId) =>
    queryOptions({
      queryKey: ['class-allocation', 'members', classId],
      queryFn: () => call(api.GET('/api/v1/classes/{class_id}/members', of(classId))),
      meta: { keep: true },
    }),
  departed: (trainingId: MaybeRefOrGetter<string | undefined>) =>
    queryOptions({
      queryKey: ['class-allocation', 'departed', trainingId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/departed-learners', {
            params: { path: { training_id: toValue(trainingId) ?? '' } },
          }),
        ),
      enabled: () => toValue(trainingId) !== undefined,
    }),
  charter: (classId: ClassId) =>
    queryOptions({
      queryKey: ['class-allocation', 'charter', classId],
      queryFn: () => call(api.GET('/api/v1/classes/{class_id}/charter', of(classId))),
      meta: { keep: true },
    }),
  /** Asked once somebody wants to read them. */
  charterTexts: (classId: ClassId, isWanted: MaybeRefOrGetter<boolean>) =>
    infiniteQueryOptions({
      queryKey: ['class-allocation', 'charter-texts', classId],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/classes/{class_id}/charter/texts', {
            params: { path: { class_id: toValue(classId) }, query: { limit: 10, after: pageParam } },
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      enabled: () => toValue(isWanted),
    }),
}
