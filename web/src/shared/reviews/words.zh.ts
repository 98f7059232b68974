// What a learner's pages say of reviews, in Chinese.
export default {
  by: '{name} 的评语',
  returned: '请修改后重新提交',
  points: '{points} / {most} 分',
} as const
