// What pages say about where typed words are kept, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  saved: 'Saved',
  'saved.at': 'Saved {at}',
  typing: 'Being written, kept on this device',
  saving: 'Saving…',
  waiting: 'The server cannot be reached now. Kept on this device, will be tried again',
  'waiting.busy': 'The server did not take it now. Kept on this device, will be tried again',
  kept: 'Not saved. What you wrote is kept on this device',
  restored: 'What was not saved last time has been restored',
  'conflict.title': 'There are two different versions',
  'conflict.text':
    'Another device or another person has changed this too, and has just saved. Both are kept; please choose.',
  'conflict.window':
    'You have also written in another window, and the two differ. Both are kept; please choose.',
  'conflict.window.theirs': 'What is in the other window',
  'conflict.mine': 'What I wrote here',
  'conflict.theirs': 'What is saved',
  'conflict.same': 'Everything else is the same in both.',
  'conflict.rest': 'Everything else has been put together; there is nothing more to choose.',
  'conflict.nothing': '(empty)',
  brought:
    'Another device or another person has changed: {fields}. The new text is here, and all that you changed is too.',
  'brought.some':
    'Another device or another person has changed other parts. The new text is here, and all that you changed is too.',
  'brought.save': 'Please read it, then save.',
  'brought.read': 'Please read it.',
  giveUp: 'Give up my changes',
  'giveUp.ask': 'Give up the changes that are not saved?',
  'keep.mine': 'Use mine',
  'keep.theirs': 'Use the saved one',
  'keep.window': 'Use the other one',
  'keep.both': 'Keep both',
  'handIn.failed': 'It was not handed in',
  'handIn.takeBack': 'Correct it first',
  'handIn.conflict':
    'Another device has saved something else. Press “Correct it first” to see both; neither is lost.',
  'handIn.unseen':
    'What you handed in from another window is not sent yet, and has been put in here. Please read it and hand in again.',
  'handIn.changed': 'Changed since it was handed in. Kept on this device, not handed in yet',
  'stranded.title': 'This was not handed in, and cannot be any more',
  'stranded.text': 'It is on this device only. Copy it if you need it, then remove it.',

  'waiting.title': 'Not sent yet',
  'waiting.none': 'Everything has been sent',
  'waiting.try': 'Send now',
  'waiting.since': 'Written {at}, waiting to be sent',
  'waiting.edit': 'Edit',
  'waiting.page': 'Correct it on its page',
  'waiting.copy': 'Copy',
  'waiting.copied': 'Copied',
  'waiting.uncopied': 'Not copied. Please select the text and copy it yourself',
  'waiting.drop': 'Discard “{label}”?',
  'waiting.drop.text': 'What you wrote is deleted from this device, and is nowhere else.',
  'waiting.resend': 'Send the corrected one',
  'left.title': 'Bring back what you had typed?',
  'left.text': 'When you were signed out, something typed here was not sent yet.',
  'left.fill': 'Bring it back',
  'left.drop.title': 'Delete it from this device?',
  'left.drop': 'Delete',
  'field.title': 'Title',
  'field.body': 'Text',
  'field.text': 'Text',
  'leave.title': '{n} {n|thing is|things are} not sent yet',
  'leave.text': 'Not sent yet: {n}. They stay on this device and are only sent when you sign in here again.',
} satisfies Translation<typeof zh>
