// What the navigation says, in Chinese.
export default {
  'nav.me': '我的',
} as const
