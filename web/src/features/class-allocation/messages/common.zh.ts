// Words of classes that every place uses, in Chinese.
export default {
  'nav.class': '班级',
  'nav.myClass': '我的班级和公约',
  'nav.allocation': '分班',
  'nav.group.prepare': '筹备',
  'role.learner': '学员',
  'role.assistant': '助教',
  'role.expert': '专家',
  years: '教龄 {n} 年',
  signed: '已签公约',
  unsigned: '未签公约',
} as const
