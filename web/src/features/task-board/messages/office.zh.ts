// What leads read about until when work is taken, in Chinese.
export default {
  'board.title': '补交和修改的期限',
  'board.grace': '一周结束后，还可以补交几天',
  'board.grace.hint': '0 到 60 天，到最后一天的 24:00。补交的算完成，记为补交。填 0 就不收补交。',
  'board.revision': '作业或反思退回后，可以修改几天',
  'board.revision.hint': '1 到 60 天，到最后一天的 24:00。',
  'board.days': '请填 {least} 到 {most} 之间的整天数',
  'board.warning': '改了以后马上算数，所有班级都一样：',
  'board.warning.more': '补交的天数变多，已经截止的周可能重新可以补交。',
  'board.warning.less':
    '补交的天数变少，正在补交的周可能马上截止，还没交的就交不了了。已经开始的测试不受影响。',
  'board.warning.revision': '修改的天数只对以后退回的算数；已经退回的，至少还能改到退回时给的那一天。',
  'board.save': '保存',
  'board.saved': '已保存，现在起按新的期限算',
  'board.readOnly': '只有项目负责人可以修改。',
  'board.over': '培训已经结束，期限不能再改。',
} as const
