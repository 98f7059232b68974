// What a week says of the charter that stands before it, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  sign: 'Sign the class charter and the tasks open',
  'sign.go': 'Go and sign',
  unsettled: 'The class charter is not settled yet. You will be told when it is there to sign.',
  'unsettled.go': 'See the draft',
} satisfies Translation<typeof zh>
