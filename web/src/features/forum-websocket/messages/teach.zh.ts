// What assistants and experts read in the exchange area, in Chinese.
import exchange from './exchange.zh'

export default {
  ...exchange,
  'queue.title': '待回答的问题',
  'queue.note': '{count} 个问题在等，约定 {n} 分钟内回应',
  'queue.empty': '没有问题在等',
  'queue.empty.text': '新问题一提出就会出现在这里。',
  'queue.asked': '{name} · {class} · {when}提出',
  'queue.left': '还剩 {span}',
  'queue.over': '超时 {span}',
  'queue.answer': '去回答',
  'queue.grading': '待批改的作业',
  'queue.behind': '需要关心的学员',
  'queue.topics': '交流区',
  'queue.count': '{n} 项',
  'queue.people': '{n} 位',
  'queue.nobody': '没有',
  'queue.ended': '您带的培训都已经结束',
  'queue.ended.text': '不再有新的问题要回答。再有班级请您带的时候，会出现在这里。',
  'queue.none': '您还没有带班',
  'queue.none.text': '分班公布后，您带的班级会出现在这里。',
} as const
