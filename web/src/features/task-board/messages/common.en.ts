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
  'kind.new': 'New kind',
  'kind.new.text': 'This task is of a new kind: the program is being updated. Please reload in a while.',
  'correction.added': 'Added {at}',
  'correction.changed': 'Corrected {at}',
  'correction.withdrawn': 'Withdrawn {at}',
  'correction.kept': 'It is no longer asked for. What was done is kept and does not count.',
  'correction.before': 'What it said before',
  'correction.first': 'As it was first published',
  'correction.tag.added': 'Added',
  'correction.tag.changed': 'Corrected',
  'correction.tag.withdrawn': 'Withdrawn',
} satisfies Translation<typeof zh>
