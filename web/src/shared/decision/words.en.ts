// What pages say about decisions, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  changed:
    'This changed while you were reading, and your decision was not taken. Please look at it as it is now, and decide again.',
  gone: 'This has just changed, and your decision was not taken. Nothing is left for you to decide.',
  decided: 'Your decision was not taken: somebody has just dealt with it, and it is “{stands}” now.',
} satisfies Translation<typeof zh>
