// What a problem says of fields, and of the page where it is put right, in Chinese.
export default {
  line: '第 {n} 条',
  field: '{label}：{detail}',
  times: '{detail}（{n} 处）',
  'way.charter': '去看班级契约',
} as const
