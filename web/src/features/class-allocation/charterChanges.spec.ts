import { expect, test } from 'vitest'
import { changesOf, type ChangedLine } from './charterChanges'

const lineOf = ({ change, pieces }: ChangedLine) =>
  `${change} ${pieces.map(({ change: is, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[is]).join('')}`

test.each([
  { name: 'nothing', before: ['甲', '乙'], after: ['甲', '乙'], lines: [] },
  { name: 'a clause more', before: ['甲'], after: ['甲', '互相提醒'], lines: ['added +互相提醒+'] },
  { name: 'a clause less', before: ['甲', '每周发言'], after: ['甲'], lines: ['removed -每周发言-'] },
  {
    name: 'other words',
    before: ['每周至少发一次言。', '甲'],
    after: ['每周至少发两次言。', '甲'],
    lines: ['reworded 每周至少发-一-+两+次言。'],
  },
  {
    name: 'another clause in its place',
    before: ['每周发言'],
    after: ['不转发照片'],
    lines: ['removed -每周发言-', 'added +不转发照片+'],
  },
  {
    name: 'words of another language',
    before: ['Post twice a week'],
    after: ['Post once a week'],
    lines: ['reworded Post -twice-+once+ a week'],
  },
  {
    name: 'reworded, and one more',
    before: ['按时完成任务'],
    after: ['按时完成全部任务', '互相提醒'],
    lines: ['reworded 按时完成+全部+任务', 'added +互相提醒+'],
  },
  {
    name: 'spaces and line breaks count',
    before: ['按时完成 '],
    after: ['按时完成\n'],
    lines: ['reworded 按时完成- -+\n+'],
  },
  { name: 'moved', before: ['甲', '乙'], after: ['乙', '甲'], lines: ['removed -甲-', 'added +甲+'] },
])('$name', ({ before, after, lines }) => {
  const vision = '互相帮助'
  expect(changesOf({ vision, clauses: before }, { vision, clauses: after }).map(lineOf)).toEqual(lines)
})

test('a changed vision comes first, and is not taken for a clause', () => {
  const before = { vision: '互相帮助', clauses: ['按时完成任务'] }
  const after = { vision: '互相帮助，互相提醒', clauses: ['互相帮助', '按时完成任务'] }
  expect(changesOf(before, after).map(lineOf)).toEqual(['reworded 互相帮助+，互相提醒+', 'added +互相帮助+'])
})
