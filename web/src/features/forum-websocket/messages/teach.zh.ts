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
  'queue.classes': '班级交流区',
  'queue.none': '你还没有带班',
  'queue.none.text': '分班公布后，你带的班级会出现在这里。',
} as const
