// What the navigation says, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.verify': 'Verify a certificate',
  'nav.mine': 'Certificates and credits',
  'nav.batches': 'Certificate batches',
  'nav.changes': 'Changes to certificates',
  'nav.credits': 'Credits ledger',
  'nav.group.certify': 'Certify',
} satisfies Translation<typeof zh>
