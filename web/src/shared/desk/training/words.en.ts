// What the head of every page of a training and the tables of trainings say, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './words.zh'

export default {
  'tabs.label': 'Sides of the training',
  'tab.overview': 'Overview',
  'tab.plan': 'Plan',
  'tab.staff': 'Staff',
  'tab.notice': 'Notice',
  'tab.admissions': 'Admissions',
  'tab.allocation': 'Classes',
  'tab.board': 'Late work',
  'tab.scheme': 'Evaluation',
  'tab.results': 'Results',
  'tab.certificates': 'Certificates',
  'list.name': 'Training',
  'list.unit': 'Unit',
  'list.time': 'Time',
  'list.state': 'State',
  'list.empty': 'No training yet',
  period: '{from} to {to}, {n} {n|week|weeks}',
  'state.preparing': 'Preparing',
  'state.running': 'Running',
  'state.closed': 'Over',
  'state.week': 'Week {n}',
} satisfies Translation<typeof zh>
