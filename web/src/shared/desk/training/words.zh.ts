// What the head of every page of a training says, in Chinese.
export default {
  'tabs.label': '培训的各个方面',
  'tab.overview': '总览',
  'tab.plan': '方案',
  'tab.staff': '师资',
  'tab.notice': '招募公告',
  'tab.admissions': '录取',
  'tab.allocation': '分班',
  'tab.scheme': '评价方案',
  'tab.results': '结业成绩',
  'tab.certificates': '证书',
  'state.preparing': '筹备中',
  'state.running': '进行中',
  'state.closed': '已结束',
  'state.week': '第 {n} 周',
} as const
