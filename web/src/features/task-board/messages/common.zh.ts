// What every place says of weeks and tasks, in Chinese.
export default {
  'nav.week': '本周',
  'nav.course': '课程',
  'kind.watch': '看',
  'kind.read': '读',
  'kind.discuss': '议',
  'kind.test': '测',
  'kind.assignment': '做',
  'kind.reflect': '写',
} as const
