// Words of classes that every place uses, in Chinese.
export default {
  'nav.class': '班级',
  'nav.myClass': '我的班级和契约',
  'nav.allocation': '分班',
  'nav.group.prepare': '筹备',
  'role.learner': '学员',
  'role.assistant': '助教',
  'role.expert': '专家',
  years: '教龄 {n} 年',
  signed: '已签契约',
  unsigned: '未签契约',
} as const
