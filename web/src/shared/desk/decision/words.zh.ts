// What the desk says about decisions, in Chinese.
export default {
  changed: '您查看期间，这里有了变化，您的决定没有生效。请核对现在的内容后再决定。',
} as const
