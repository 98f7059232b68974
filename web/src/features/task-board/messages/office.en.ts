// What leads read about until when work is taken, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './office.zh'

export default {
  'board.title': 'Late and returned work',
  'board.grace': 'Days in which late work is taken after a week has ended',
  'board.grace.hint':
    '0 to 60, until the end of the last day. Late work counts as done and is marked as late. With 0 none is taken.',
  'board.revision': 'Days to revise an assignment or a reflection that was sent back',
  'board.revision.hint': '1 to 60, until the end of the last day.',
  'board.days': 'Please give a whole number of days from {least} to {most}',
  'board.warning': 'A change holds at once, for every class:',
  'board.warning.more': 'With more days for late work, weeks that are over may take work again.',
  'board.warning.less':
    'With fewer days for late work, weeks that still take it may close at once, and what is not handed in then cannot be any more. Tests that were begun go on.',
  'board.warning.revision':
    'The days to revise count for what is sent back from now on; what is back already may be revised until the day that it was given at least.',
  'board.save': 'Save',
  'board.saved': 'Saved. The new deadlines hold from now on',
  'board.readOnly': 'Only the lead of the training can change this.',
  'board.over': 'The training is over: its deadlines stay as they are.',
} satisfies Translation<typeof zh>
