// What every place says of weeks and tasks, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.week': 'Week',
  'nav.course': 'Course',
  'kind.watch': 'Watch',
  'kind.read': 'Read',
  'kind.discuss': 'Discuss',
  'kind.test': 'Test',
  'kind.assignment': 'Practise',
  'kind.reflect': 'Reflect',
} satisfies Translation<typeof zh>
