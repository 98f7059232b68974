// What the navigation says, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.trainings': 'Trainings',
  'nav.approvals': 'Plan approvals',
  'nav.group.plan': 'Planning',
  'nav.invitations': 'Invitations to me',
} satisfies Translation<typeof zh>
