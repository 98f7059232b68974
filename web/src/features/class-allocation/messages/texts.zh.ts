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
} as const
