// What a learner reads in the exchange area, in English.
import type { Translation } from '@/shared/i18n'
import exchange from './exchange.en'
import type zh from './learn.zh'

export default {
  ...exchange,
  'home.title': 'My classes',
  'home.empty': 'You are not in a class yet',
  'home.empty.text': 'Your class appears here once the classes are published.',
  'ask.title': 'Ask',
  'ask.promise': 'Usually answered within {n} {n|minute|minutes}',
  'ask.promise.text':
    'Assistants and experts see your question in answering hours, and you are told when there is an answer. Your class can see it and add to it.',
  'ask.over': 'The training is over, and no new questions are taken here.',
  'ask.over.text':
    'Earlier questions and answers can still be read. If you need help, turn to the lead of your training.',
  'ask.class': 'Which class to ask',
  'task.title': 'Task discussion',
} satisfies Translation<typeof zh>
