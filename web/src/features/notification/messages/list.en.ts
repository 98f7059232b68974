// The words around the list of notices, in English. The same in all places.
import type { Translation } from '@/shared/i18n'
import type zh from './list.zh'

export default {
  title: 'Notices',
  empty: 'No notices',
  'empty.text': 'News about admission, tasks, answers and results will be told here.',
  unread: 'Unread',
  readAll: 'Mark all as read',
} satisfies Translation<typeof zh>
