// Signing in, first use, the own password, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './public.zh'

export default {
  'signIn.title': 'Sign in',
  'signIn.lead':
    'Guided small online courses: learn a little every week together, and try it in your own class.',
  'signIn.over': 'Your session has ended. Please sign in again.',
  'signIn.kept': 'What you wrote is still on this device.',
  'signIn.login': 'Phone number or account name',
  'signIn.password': 'Password',
  'signIn.show': 'Show password',
  'signIn.submit': 'Sign in',
  'signIn.missing.login': 'Enter your phone number or account name',
  'signIn.missing.password': 'Enter your password',
  'signIn.help':
    'Forgot the password, or no account yet? Your school or training lead can give you a link that works once.',

  'firstUse.title': 'Start using your account',
  'firstUse.hello': 'Hello {name}. Please set a password for the account {account}.',
  'firstUse.replaces':
    '{name} is signed in on this device now. With the password set, {account} is signed in instead, and {name} is signed out here.',
  'firstUse.password': 'New password',
  'firstUse.hint': 'At least 10 characters. A sentence that you remember is fine.',
  'firstUse.again': 'Once more',
  'firstUse.submit': 'Set password and sign in',
  'firstUse.short': '{n} more characters needed',
  'firstUse.differ': 'The two passwords are different',
  'firstUse.strength': 'Password strength',
  'firstUse.strength.weak': 'weak',
  'firstUse.strength.fair': 'fair',
  'firstUse.strength.good': 'good',
  'firstUse.signIn': 'Password set already? Sign in',
  'firstUse.noToken': 'This link is not complete',
  'firstUse.noToken.text': 'Please open the whole link again from the message you received.',

  'password.title': 'Change password',
  'password.lead':
    'Your other devices will have to sign in again with the new password. This one stays signed in.',
  'password.current': 'Current password',
  'password.missing': 'Enter your current password',
  'password.submit': 'Change password',
  'password.done': 'The password is changed, and your other devices are signed out.',
} satisfies Translation<typeof zh>
