// What the navigation says, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.me': 'Me',
  'nav.password': 'Change password',
  'nav.group.people': 'People and units',
  'nav.people': 'People',
  'nav.roster': 'Roster import',
  'nav.orgUnits': 'Organisation',
  'nav.grants': 'Roles',
} satisfies Translation<typeof zh>
