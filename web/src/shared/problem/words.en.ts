// What a problem says of fields, and of the page where it is put right, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  line: 'Number {n}',
  field: '{label}: {detail}',
  times: '{detail} ({n} times)',
  'way.charter': 'Go to the class charter',
} satisfies Translation<typeof zh>
