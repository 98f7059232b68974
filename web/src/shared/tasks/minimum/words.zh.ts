// What is said of a result below what is asked for, in Chinese.
export default {
  below: '按百分制，最好成绩 {score} 分，要求 {minimum} 分。',
  reached: '按百分制，最好成绩 {score} 分，达到要求的 {minimum} 分。',
  best: '按百分制，最好成绩 {score} 分。',
  left: '还可以做 {n} 次。',
  none: '次数已经用完。',
} as const
