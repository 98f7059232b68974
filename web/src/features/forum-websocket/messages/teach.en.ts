// What assistants and experts read in the exchange area, in English.
import type { Translation } from '@/shared/i18n'
import exchange from './exchange.en'
import type zh from './teach.zh'

export default {
  ...exchange,
  'queue.title': 'Questions to answer',
  'queue.note': '{count} waiting, promised within {n} {n|minute|minutes}',
  'queue.empty': 'No question is waiting',
  'queue.empty.text': 'A new question appears here as soon as it is asked.',
  'queue.asked': '{name} · {class} · asked {when}',
  'queue.left': '{span} left',
  'queue.over': '{span} over',
  'queue.answer': 'Answer',
  'queue.grading': 'Works to grade',
  'queue.behind': 'Learners who need a word',
  'queue.topics': 'Exchange area',
  'queue.count': '{n}',
  'queue.people': '{n}',
  'queue.nobody': 'none',
  'queue.ended': 'The trainings of your classes are over',
  'queue.ended.text': 'No new question is to be answered. The next class that you lead will appear here.',
  'queue.none': 'You do not lead a class yet',
  'queue.none.text': 'Your classes appear here once they are published.',
} satisfies Translation<typeof zh>
