// What the standings of a class say, in Chinese.
export default {
  title: '{name} 学员成绩',
  note: '到今天为止，按评价方案计算；低于最低要求的项目标红并带下划线。',
  learner: '学员',
  score: '总分',
  grade: '等级',
  empty: '班里还没有学员',
  missed: '低于最低要求',
} as const
