// Words of classes that every place uses, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.class': 'Class',
  'nav.myClass': 'My class and its charter',
  'nav.allocation': 'Classes',
  'nav.group.prepare': 'Preparation',
  'role.learner': 'Learner',
  'role.assistant': 'Assistant',
  'role.expert': 'Expert',
  years: '{n} {n|year|years} of teaching',
  signed: 'Signed the charter',
  unsigned: 'Has not signed',
} satisfies Translation<typeof zh>
