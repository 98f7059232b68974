// The settled texts of a charter, in Chinese.
export default {
  'texts.title.learn': '我签署过的文本',
  'texts.title.teach': '历次定稿与签署',
  'texts.empty.learn': '还没有签署过',
  'texts.empty.teach': '还没有定稿',
  'texts.version': '第 {n} 版',
  'texts.settled': '{name} 于 {at} 定稿，此后一字未改。',
  'texts.mine': '您已于 {at} 签署这一版',
  'texts.signers': '签署人（{n}）',
  'texts.more': '更早的版本',
  'changes.title': '契约有了新版本，和您签署的第 {n} 版相比：',
  'changes.none': '文字没有变化。',
  'changes.added': '新增：',
  'changes.removed': '删去：',
  'changes.reworded': '改动：',
} as const
