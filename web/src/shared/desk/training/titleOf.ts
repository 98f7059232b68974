// Answers what a training is called in the reader's language.
import { locale } from '@/shared/i18n'

export function titleOf(training: { title: string; title_en?: string }): string {
  return (locale.value === 'en' && training.title_en) || training.title
}
