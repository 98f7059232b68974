// The learner's own page, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './learn.zh'

export default {
  'me.title': 'Me',
  'me.account': 'Account {account}',
  'me.reading': 'Reading',
  'me.typeSize': 'Type size',
  'me.typeSize.normal': 'Normal',
  'me.typeSize.large': 'Large',
  'me.typeSize.larger': 'Larger',
  'me.scheme': 'Colours',
  'me.scheme.auto': 'As on the phone',
  'me.scheme.light': 'Light',
  'me.scheme.dark': 'Dark',
  'me.language': 'Language',
  'me.dataSaver': 'Data saver',
  'me.dataSaver.hint': 'Videos and pictures load only when you tap them.',
  'me.places': 'Switch workspace',
  'me.leave': 'Leave',
  'me.signOut': 'Sign out on this device',
  'me.everywhere': 'Sign out on all devices',
  'me.everywhere.ask': 'Sign out on all devices?',
  'me.everywhere.text': 'Do this when a phone is lost or was lent. Every device has to sign in again.',
} satisfies Translation<typeof zh>
