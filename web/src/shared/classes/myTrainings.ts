// Answers which trainings I may look into, with their names: asked in one place.
import { queryOptions } from '@tanstack/vue-query'
import { api, call } from '@/shared/api'
import { everyItem } from '@/shared/api/everyItem'

export const myTrainings = queryOptions({
  queryKey: ['training-plan', 'mine'],
  queryFn: () =>
    everyItem((after) => call(api.GET('/api/v1/trainings', { params: { query: { limit: 200, after } } }))),
})
