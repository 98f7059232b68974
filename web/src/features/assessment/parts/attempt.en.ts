// What an attempt says item by item, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './attempt.zh'

export default {
  item: 'Item {n}',
  right: 'Right',
  wrong: 'Not right',
  partly: 'Partly right',
  rightAnswer: 'Right: {keys}',
  mine: 'Mine: {keys}',
  nothing: 'no answer',
  arrivedLate: 'Chosen in time, arrived {at}: it counts.',
  tooLate: '“{keys}” ({at}) was chosen too late: it is kept and does not count.',
  arrivedTooLate: '“{keys}”, chosen in time ({at}), did not arrive in time: it is kept and does not count.',
  handedIn: '“{keys}” ({at}) came after it was handed in: it is kept and does not count.',
  older: '“{keys}” ({at}) was chosen earlier on another device: it is kept, and the later choice counts.',
  theirs: 'Answer: {keys}',
  title: 'Attempt {n}',
  submitted: 'submitted {at}',
} satisfies Translation<typeof zh>
