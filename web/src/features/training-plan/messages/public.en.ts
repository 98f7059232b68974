// Invitations to oneself, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './public.zh'

export default {
  'mine.title': 'Invitations to me',
  'mine.empty': 'No invitations',
  'mine.empty.text': 'When a training asks you to be an assistant or expert, you find it here.',
  'mine.asked': '{who} asks you to be {role}',
  'mine.asked.nobody': 'You are asked to be {role}',
  'role.assistant': 'an assistant',
  'role.expert': 'an expert',
  'mine.period': '{from} to {to}, {n} {n|week|weeks}',
  'mine.for': 'For: {who}',
  'mine.subjects': 'Content: {what}',
  'mine.accept': 'Accept',
  'mine.decline': 'Decline',
  'mine.decline.title': 'Decline this invitation',
  'mine.decline.reason': 'Reason (the lead reads it)',
  'mine.accepted': 'You accepted; the teaching place is open to you now',
  'mine.declined': 'You declined',
  'state.invited': 'Waiting',
  'state.accepted': 'Accepted',
  'state.declined': 'Declined',
  'state.withdrawn': 'Taken back',
  'state.ended': 'Ended',
  'mine.end': 'Stop leading along',
  'mine.end.title': 'End your part in this training',
  'mine.end.text':
    'What you may do in this training and its classes ends at once; what you wrote and reviewed stays.',
  'mine.end.reason': 'Why',
  'mine.end.hint': 'The lead reads it.',
  'mine.end.done': 'Ended; you lead along no more',
  'mine.ended': 'Ended on {at} by {who}: {why}',
} satisfies Translation<typeof zh>
