// What the navigation says, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.me': 'Me',
} satisfies Translation<typeof zh>
