// What the navigation says, in Chinese.
export default {
  'nav.class': '班级',
  'nav.ask': '提问',
  'nav.queue': '答疑',
} as const
