// What the navigation says, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.recruitment': 'Recruitment',
  'nav.applications': 'My applications',
  'nav.recommendations': 'Recommend teachers',
  'nav.group.prepare': 'Preparation',
} satisfies Translation<typeof zh>
