// Answers how a class of mine reads: the training and the class in it.
import type { Schema } from '@/shared/api'
import { locale } from '@/shared/i18n'

export type MyClass = Schema<'MyClassView'>

export function nameOfClass(mine: MyClass): string {
  const training = locale.value === 'en' ? mine.training_title_en || mine.training_title : mine.training_title
  return `${training} · ${mine.name}`
}
