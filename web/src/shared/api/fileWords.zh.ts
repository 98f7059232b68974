// What is said of a file that is not sent, in Chinese.
export default {
  empty: '“{name}”是空的文件，没有上传',
  large: '“{name}”太大，没有上传。最大 {most} MB。',
} as const
