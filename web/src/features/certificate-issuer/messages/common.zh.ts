// What the navigation says, in Chinese.
export default {
  'nav.verify': '证书查验',
  'nav.mine': '证书和学分',
  'nav.batches': '证书批次',
  'nav.changes': '证书变更',
  'nav.credits': '学分台账',
  'nav.group.certify': '发证',
} as const
