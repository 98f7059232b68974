// Verification, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './public.zh'

export default {
  title: 'Verify a certificate',
  lead: 'Anybody may verify, without signing in: by the number and key on the certificate, or with the file itself.',
  'by.number': 'By number',
  serial: 'Certificate number',
  'serial.hint': 'Such as 2026-K3M8Q-0042-R',
  key: 'Key',
  'key.hint': 'The eight characters below the number; the QR code brings them along',
  'missing.serial': 'Please type the number of the certificate',
  'missing.key': 'Please type the key',
  check: 'Verify',
  'by.file': 'With the file',
  'file.text':
    'Choose the PDF or the signed credential (.jwt). Signature, content and register are compared; a PDF that is not the file that was issued is told from it.',
  'file.drop': 'Drop the file here, or',
  'file.choose': 'choose a file',
  'file.checking': 'Verifying {name}',
  'file.photo':
    'This is a photo: it carries no signature to verify. Please verify by the number and key on the certificate.',
  'file.again': 'Verify another one',
  'number.wait': 'Asking the register',
  valid: 'Valid certificate',
  'valid.text': 'The register agrees with what was issued: this certificate is genuine and valid.',
  differs: 'The signed credential is valid, but this PDF is not the original file',
  'differs.text':
    'The signed credential in the file is genuine and agrees with the register; what was signed is shown below.',
  'differs.compare':
    'Since it was issued, this PDF was saved anew, rewritten on its way, or altered: its page may say something else than what was signed. Go by what is shown here, and compare each line.',
  otherEnd: 'The file has other blanks at its end; nothing of its content has changed.',
  revoked: 'Revoked certificate',
  'revoked.text': 'This certificate was issued once and has been revoked since. It proves nothing any more.',
  'revoked.at': 'Revoked on {at}',
  'revoked.reason': 'Reason: {reason}',
  'revoked.replaced': 'Replaced by certificate {serial}',
  'cause.replaced': 'Corrected and issued anew',
  'cause.issued_in_error': 'Issued in error',
  'cause.misconduct': 'Misconduct',
  'seal.valid': 'VALID',
  'seal.revoked': 'REVOKED',
  checkedAt: 'Verified {at}',
  'paper.name': 'Certificate of Completion',
  'paper.statement':
    'From {from} to {to} took part in “{title}”, completed the learning tasks as its evaluation asks, and met all its requirements.',
  hours: 'Class hours',
  credits: 'Credits',
  grade: 'Grade',
  'grade.pass': 'Pass',
  'grade.good': 'Good',
  'grade.excellent': 'Excellent',
  assessedBy: 'Assessed by',
  issuer: 'Issued by',
  issuedOn: 'Issued on',
  print: 'Print this result',
  'how.title': 'What is verified',
  'how.signature':
    'Signature: the issuer signs with its own key; the public key is published, so anybody can verify without this platform.',
  'how.file':
    'Content: what was signed is what counts. An altered credential is refused; of a PDF that was saved anew or altered it is said that it is not the original file.',
  'how.register': 'Status: the register says whether it is valid now. A revocation is seen at once.',
  'how.compare': 'Please compare each line shown here with the certificate in your hands.',
} satisfies Translation<typeof zh>
