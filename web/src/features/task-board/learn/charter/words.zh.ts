// What a week says of the charter that stands before it, in Chinese.
export default {
  sign: '签署班级契约后，任务就会打开',
  'sign.go': '去签署',
  unsettled: '班级契约还没有定稿，定稿后会通知您来签署。',
  'unsettled.go': '看看草案',
} as const
