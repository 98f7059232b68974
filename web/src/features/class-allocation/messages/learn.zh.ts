// My class: its charter and the people in it, in Chinese.
import texts from './texts.zh'

export default {
  ...texts,
  'classes.title': '我的班级',
  'classes.empty': '还没有班级',
  'classes.empty.text': '分班公布后，你会收到通知，班级会出现在这里。',
  'class.talk': '进入交流区',
  'class.leaders': '助教和专家',
  'class.classmates': '同学（{n} 人）',
  'charter.title': '班级契约',
  'charter.vision': '我们的愿景',
  'charter.proposed': '这是契约草案。助教和专家定稿后，大家签署，任务随后开放。',
  'charter.signHint': '读完契约并签署后，任务就会对你开放。',
  'charter.sign': '我已读过，签署',
  'charter.sign.ask': '签署班级契约？',
  'charter.sign.text': '签署表示你愿意和大家一起遵守。契约有新版本时需要再签一次。',
  'charter.signed': '你已于 {at} 签署',
  'charter.thanks': '签署成功，任务已对你开放',
  'charter.count': '{n} 人已签署',
  'charter.version': '第 {n} 版',
  'charter.propose': '提一条建议',
  'charter.propose.hint': '写一条你希望大家一起做到的事。',
  'charter.propose.send': '提交建议',
  'charter.propose.sent': '建议已提交',
  'charter.proposals': '大家的建议',
  'charter.taken': '已采纳',
} as const
