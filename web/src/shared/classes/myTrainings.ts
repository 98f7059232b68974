// Answers which trainings I may look into, with their names: asked in one place.
import { queryOptions } from '@tanstack/vue-query'
import { api, call } from '@/shared/api'

export const myTrainings = queryOptions({
  queryKey: ['training-plan', 'mine'],
  queryFn: () => call(api.GET('/api/v1/trainings', { params: { query: { limit: 200 } } })),
})
