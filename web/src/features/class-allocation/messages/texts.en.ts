// The settled texts of a charter, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './texts.zh'

export default {
  'texts.title.learn': 'What I have signed',
  'texts.title.teach': 'Settled texts and who signed them',
  'texts.empty.learn': 'You have signed nothing yet',
  'texts.empty.teach': 'Nothing is settled yet',
  'texts.version': 'Version {n}',
  'texts.settled': 'Settled by {name} on {at}; not a letter has changed since.',
  'texts.mine': 'You signed this version on {at}',
  'texts.signers': 'Signed by {n}',
  'texts.more': 'Earlier versions',
  'changes.title': 'A new version. Changed since version {n}, which you signed:',
  'changes.none': 'The words are the same.',
  'changes.added': 'New:',
  'changes.removed': 'Gone:',
  'changes.reworded': 'Reworded:',
} satisfies Translation<typeof zh>
