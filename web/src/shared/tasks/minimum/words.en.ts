// What is said of a result below what is asked for, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  below: 'Best result {score}, of at least {minimum} out of 100.',
  reached: 'Best result {score}: the {minimum} out of 100 that are asked for are reached.',
  best: 'Best result {score} out of 100.',
  left: '{n} {n|attempt|attempts} left.',
  none: 'No attempt is left.',
} satisfies Translation<typeof zh>
