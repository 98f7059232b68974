// What is asked about a class when somebody wants to read what was signed.
import { infiniteQueryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const historyQueries = {
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
      meta: { keep: true },
    }),
}
