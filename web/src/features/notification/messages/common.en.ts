// What the navigation says, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.messages': 'Messages',
  'nav.messages.unread': 'Messages {n}',
  'nav.notices': 'Notices',
  'nav.notices.unread': 'Notices {n}',
} satisfies Translation<typeof zh>
