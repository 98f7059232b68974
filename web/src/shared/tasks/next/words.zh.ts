// What comes after a task, in Chinese.
export default {
  next: '接下来',
  go: '做下一项',
  minutes: '约 {n} 分钟',
  allDone: '这一周的任务都完成了，辛苦了！',
} as const
