// What the navigation says, in Chinese.
export default {
  'nav.recruitment': '招募公告',
  'nav.applications': '我的报名',
  'nav.recommendations': '推荐教师',
  'nav.group.prepare': '筹备',
} as const
