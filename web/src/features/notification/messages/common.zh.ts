// What the navigation says, in Chinese.
export default {
  'nav.messages': '消息',
  'nav.messages.unread': '消息 {n}',
  'nav.notices': '通知',
  'nav.notices.unread': '通知 {n}',
} as const
