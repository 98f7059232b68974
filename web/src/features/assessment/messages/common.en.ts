// Words of assessment that every place uses, in English.
import type { Translation } from '@/shared/i18n'
import type zh from './common.zh'

export default {
  'nav.standing': 'My standing',
  'nav.grading': 'Grading',
  'nav.papers': 'Papers',
  'nav.evaluation': 'Evaluation',
  'nav.group.evaluate': 'Evaluation',
  'component.watch': 'Watching',
  'component.tests': 'Tests',
  'component.assignments': 'Assignments',
  'component.reflections': 'Reflections',
  'component.discussion': 'Discussion',
  'component.tasks': 'Tasks done',
  'grade.fail': 'Not passed',
  'grade.pass': 'Pass',
  'grade.good': 'Good',
  'grade.excellent': 'Excellent',
  'record.watched': 'Watched {done} of {of} {of|minute|minutes}',
  'record.attempt': 'Attempt {n}: {score} of {most} {most|point|points}',
  'record.review': 'Graded {points} of {most} {most|point|points}',
  'record.waiting': 'Handed in, waiting for a review',
  'record.post': 'Posts: {n}',
  'record.done': 'Done {at}',
  'record.late': 'Done {at} (late)',
  'record.none': 'No record yet',
  week: 'Week {n}',
  'handIns.title': 'Everything that was handed in',
  'handIns.empty': 'Nothing was handed in yet',
  'handIns.at': 'No. {n}, {at}',
  'handIns.more': 'Earlier ones',
} satisfies Translation<typeof zh>
