// What a learner reads in the exchange area, in Chinese.
import exchange from './exchange.zh'

export default {
  ...exchange,
  'home.title': '我的班级',
  'home.empty': '您还没有班级',
  'home.empty.text': '分班公布后，班级会出现在这里。',
  'ask.title': '提问',
  'ask.promise': '一般 {n} 分钟内有人回应',
  'ask.promise.text': '助教和专家在答疑时段看得到您的问题，有了回答会通知您。全班同学也能看到和补充。',
  'ask.over': '培训已经结束，这里不再收新的问题。',
  'ask.over.text': '以前的提问和回答都还能看。需要帮助，请联系您的项目负责人。',
  'ask.class': '问哪个班',
  'task.title': '任务讨论',
} as const
