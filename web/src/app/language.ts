// Answers how the page changes its language: texts first, then the switch, so that no key is ever seen.
import { locale, type Locale } from '@/shared/i18n'
import type { Place } from '@/shared/feature'
import { loadMessages } from './messages'

export const LANGUAGES: readonly { value: Locale; label: string }[] = [
  { value: 'zh-CN', label: '中文' },
  { value: 'en', label: 'English' },
]

export async function switchLanguage(next: Locale, place: Place): Promise<void> {
  await loadMessages(place, next)
  locale.value = next
}
