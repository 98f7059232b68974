// My class: its charter and the people in it, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './learn.zh'
import texts from './texts.en'

export default {
  ...texts,
  'classes.title': 'My class',
  'classes.empty': 'No class yet',
  'classes.empty.text': 'You get a notice when the classes are published; yours will appear here.',
  'class.talk': 'Go to the exchange area',
  'class.leaders': 'Assistants and experts',
  'class.classmates': 'Classmates ({n})',
  'class.leave': 'My admission, and leaving',
  'charter.title': 'Class charter',
  'charter.vision': 'Our vision',
  'charter.proposed':
    'This is a draft. When assistants and experts have settled it, everybody signs, and then the tasks open.',
  'charter.signHint': 'The tasks open to you when you have read and signed the charter.',
  'charter.sign': 'I have read it and sign',
  'charter.sign.ask': 'Sign the class charter?',
  'charter.sign.text': 'By signing you agree to keep to it with the others. A new version is signed again.',
  'charter.signed': 'You signed on {at}',
  'charter.thanks': 'Signed; the tasks are open to you',
  'charter.count': '{n} signed',
  'charter.version': 'Version {n}',
  'charter.propose': 'Propose a clause',
  'charter.propose.hint': 'Something that you would like everybody to do.',
  'charter.propose.send': 'Propose',
  'charter.propose.sent': 'Proposed',
  'charter.proposals': 'What has been proposed',
  'charter.taken': 'Taken up',
} satisfies Translation<typeof zh>
