// The words around the list of notices, in Chinese. The same in all places.
export default {
  title: '通知',
  empty: '没有通知',
  'empty.text': '录取、任务、答疑和成绩有了新消息，都会在这里告诉您。',
  unread: '未读',
  readAll: '全部标为已读',
} as const
