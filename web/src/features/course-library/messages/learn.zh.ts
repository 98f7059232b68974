// The extension library for learners, in Chinese.
export default {
  'resources.title': '拓展资源',
  'resources.empty': '还没有资源',
  'resources.empty.text': '助教和专家会陆续放进来。',
  'resources.open': '打开',
  'resources.save': '下载',
  'resources.source': '来源：{source} · 许可：{licence}',
  'resources.more': '更多',
  'kind.article': '文章',
  'kind.lesson_plan': '教案',
  'kind.courseware': '课件',
  'kind.worksheet': '课堂单',
  'kind.video': '视频',
  'kind.picture': '图片',
  'kind.other': '其他',
} as const
