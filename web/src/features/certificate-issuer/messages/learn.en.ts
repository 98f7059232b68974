// A learner's certificates and credits, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './learn.zh'

export default {
  title: 'Certificates and credits',
  'credits.title': 'Credits in five years',
  'credits.bar': '{counted} of {target} {target|credit|credits}',
  'credits.missing':
    '{missing} {missing|credit|credits} to go. A credit counts for five years from its entry.',
  'credits.full': 'You have reached the target of five years.',
  'credits.entries': 'Credit entries',
  'credits.none': 'With your first certificate, its credits are entered here.',
  'entry.earned': 'Entered {date}',
  'entry.raised': 'Raised {date}, the certificate was corrected',
  'entry.lowered': 'Lowered {date}, the certificate was corrected',
  'entry.taken_back': 'Taken back {date}, the certificate was revoked',
  'list.title': 'My certificates',
  empty: 'No certificate yet',
  'empty.text': 'When you complete a training and the office has approved it, your certificate appears here.',
  'status.valid': 'Valid',
  'status.preparing': 'Being made',
  'status.revoked': 'Revoked',
  'revoked.reason': 'Reason: {reason}',
  'revoked.replaced': 'Replaced by {serial}',
  'grade.pass': 'Pass',
  'grade.good': 'Good',
  'grade.excellent': 'Excellent',
  facts: '{hours} class {hours|hour|hours} · {credits} {credits|credit|credits} · {grade}',
  issued: '{issuer} · {date}',
  pdf: 'Download PDF',
  credential: 'Download signed credential',
  share: 'Share the link to verify it',
  'share.title': 'Certificate {serial}',
  open: 'Open its verification page',
} satisfies Translation<typeof zh>
