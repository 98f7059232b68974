// What is asked about a class when somebody wants to read it: what was signed, and who has left.
import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const historyQueries = {
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
  /** Asked once somebody wants to read them. */
  charterTexts: (classId: MaybeRefOrGetter<string>, isWanted: MaybeRefOrGetter<boolean>) =>
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
