// What the standings of a class say, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './standings.zh'

export default {
  title: 'Standings of {name}',
  note: 'Until today, by the evaluation scheme; what is below its minimum is red and underlined.',
  learner: 'Learner',
  score: 'Total',
  grade: 'Grade',
  empty: 'Nobody is in the class yet',
  missed: 'below the minimum',
} satisfies Translation<typeof zh>
