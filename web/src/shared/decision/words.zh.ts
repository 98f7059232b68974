// What pages say about decisions, in Chinese.
export default {
  changed: '这一项刚刚有变化，您的决定没有生效。下面是最新的内容，请重新核对后再决定。',
  gone: '这一项刚刚有变化，您的决定没有生效。现在没有需要您决定的了。',
  decided: '您的决定没有生效：刚刚已有人处理，现在是“{stands}”。',
} as const
