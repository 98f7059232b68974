// What a learner's pages say of reviews, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  by: 'From {name}',
  returned: 'Please revise and hand in again',
  points: '{points} of {most} {most|point|points}',
} satisfies Translation<typeof zh>
