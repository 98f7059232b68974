// The extension library for learners, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './learn.zh'

export default {
  'resources.title': 'More to read and use',
  'resources.empty': 'Nothing here yet',
  'resources.empty.text': 'Assistants and experts will add to it.',
  'resources.open': 'Open',
  'resources.save': 'Save',
  'resources.source': 'Source: {source} · Licence: {licence}',
  'resources.more': 'More',
  'kind.article': 'Article',
  'kind.lesson_plan': 'Lesson plan',
  'kind.courseware': 'Courseware',
  'kind.worksheet': 'Worksheet',
  'kind.video': 'Video',
  'kind.picture': 'Picture',
  'kind.other': 'Other',
} satisfies Translation<typeof zh>
