// Answers which classes I am in, as a learner or as staff: asked in one place, and kept on the device.
import { queryOptions } from '@tanstack/vue-query'
import { api, call, type Schema } from '@/shared/api'
import { localised } from '@/shared/i18n/localised'

export type MyClass = Schema<'MyClassView'>

export const myClasses = queryOptions({
  queryKey: ['class-allocation', 'mine'],
  queryFn: () => call(api.GET('/api/v1/my/classes')),
  meta: { keep: true },
})

export function trainingOf(mine: { training_title: string; training_title_en?: string }): string {
  return localised(mine, 'training_title')
}

/** The training and the class in it. */
export function nameOfClass(mine: MyClass): string {
  return `${trainingOf(mine)} · ${mine.name}`
}
