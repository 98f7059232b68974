// What comes after a task, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  next: 'Next',
  go: 'Go to the next task',
  minutes: 'About {n} min',
  allDone: 'All tasks of the week are done. Well done!',
} satisfies Translation<typeof zh>
