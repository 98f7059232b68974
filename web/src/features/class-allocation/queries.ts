// What members of a class ask the server.
import { queryOptions } from '@tanstack/vue-query'
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
  charter: (classId: ClassId) =>
    queryOptions({
      queryKey: ['class-allocation', 'charter', classId],
      queryFn: () => call(api.GET('/api/v1/classes/{class_id}/charter', of(classId))),
      meta: { keep: true },
    }),
}
