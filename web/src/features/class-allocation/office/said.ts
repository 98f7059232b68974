// Answers what the server explained, in the language of the page.
import type { Schema } from '@/shared/api'
import { locale } from '@/shared/i18n'

export function said(text: Schema<'ExplainedText'>): string {
  return locale.value === 'en' ? text.en : text.zh
}
