// Reads a query whether its fields are refs (as `useQuery` returns them) or already unwrapped by a template.
import { computed, toValue, type Ref } from 'vue'

type Maybe<T> = T | Ref<T>

export interface QueryLike<Data> {
  data: Maybe<Data | undefined>
  error: Maybe<Error | null>
  isFetching: Maybe<boolean>
  dataUpdatedAt: Maybe<number>
  refetch: () => unknown
}

export function useShown<Data>(query: () => QueryLike<Data>) {
  return {
    data: computed(() => toValue(query().data) as Data | undefined),
    error: computed(() => toValue(query().error)),
    isFetching: computed(() => toValue(query().isFetching)),
    at: computed(() => new Date(toValue(query().dataUpdatedAt)).toISOString()),
  }
}
