// Reads a query whether its fields are refs (as `useQuery` returns them) or already unwrapped by a template. What was read before
// stands in for an answer that did not come; it never stands before one that says no.
import { computed, toValue, type Ref } from 'vue'
import { Problem } from '@/shared/api/problem'

type Maybe<T> = T | Ref<T>

export interface QueryLike<Data> {
  data: Maybe<Data | undefined>
  error: Maybe<Error | null>
  isFetching: Maybe<boolean>
  dataUpdatedAt: Maybe<number>
  refetch: () => unknown
}

export function useShown<Data>(query: () => QueryLike<Data>) {
  const error = computed(() => toValue(query().error))
  const isAnswered = computed(() => error.value !== null && !Problem.from(error.value).mayPass)
  return {
    data: computed(() => (isAnswered.value ? undefined : (toValue(query().data) as Data | undefined))),
    error,
    isFetching: computed(() => toValue(query().isFetching)),
    at: computed(() => new Date(toValue(query().dataUpdatedAt)).toISOString()),
  }
}
