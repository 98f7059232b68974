// What is said of a file that is not sent, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './fileWords.zh'

export default {
  empty: '“{name}” is an empty file and was not sent',
  large: '“{name}” is too large and was not sent: at most {most} MB.',
} satisfies Translation<typeof zh>
