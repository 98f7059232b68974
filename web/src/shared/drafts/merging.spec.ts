import { expect, test } from 'vitest'
import { merged } from './merging'

type Form = Record<string, unknown>
const began: Form = {
  title: '第一周',
  goal: '说清楚',
  minutes: 20,
  rows: [{ key: 'a', id: 'itm_1', text: '一' }],
}
const SIDES = ['mine', 'theirs'] as const

test.each<[string, Form, Form, Form, boolean, boolean]>([
  ['only theirs', {}, { goal: '做出来' }, { goal: '做出来' }, true, false],
  ['only mine', { title: '第二周' }, {}, { title: '第二周' }, false, false],
  [
    'each another field',
    { title: '第二周' },
    { goal: '做出来' },
    { title: '第二周', goal: '做出来' },
    true,
    false,
  ],
  ['both the same', { title: ' 第二周 ' }, { title: '第二周' }, { title: '第二周' }, false, false],
  [
    'a row that is only shown under another key',
    { title: '第二周' },
    { rows: [{ key: 'b', id: 'itm_1', text: '一' }] },
    { title: '第二周' },
    false,
    false,
  ],
  ['a number that was typed as it was', { minutes: '20' }, { minutes: 40 }, { minutes: 40 }, true, false],
  ['an emptied field', { goal: '' }, { title: '第二周' }, { goal: '', title: '第二周' }, true, false],
  [
    'a row that the server has named meanwhile',
    { rows: [...(began.rows as object[]), { key: 'n', id: null, text: '二 ' }] },
    { rows: [...(began.rows as object[]), { key: 'itm_2', id: 'itm_2', text: '二' }] },
    { rows: [...(began.rows as object[]), { key: 'itm_2', id: 'itm_2', text: '二' }] },
    false,
    false,
  ],
  ['a field that is there no more', { goal: undefined }, {}, { goal: undefined }, false, false],
])('nothing is asked: %s', (_, mine, theirs, whole, isTaken, isAsked) => {
  const found = merged([began], { ...began, ...mine }, { ...began, ...theirs })
  expect(found).toMatchObject({ isTaken, isAsked })
  for (const side of SIDES) expect(found?.[side]).toEqual({ ...began, ...whole })
})

test('only what both changed is asked about: the rest is the same on both sides', () => {
  const mine = { ...began, title: '我的', goal: '我的目标' }
  const theirs = { ...began, title: '别人的', minutes: 40 }
  expect(merged([began], mine, theirs)).toEqual({
    mine: { ...began, title: '我的', goal: '我的目标', minutes: 40 },
    theirs: { ...began, title: '别人的', goal: '我的目标', minutes: 40 },
    // So that the next look at a newer one asks about the title only.
    base: { ...began, goal: '说清楚', minutes: 40 },
    isTaken: true,
    isAsked: true,
  })
})

test('a list is one field: rows of two people are never mixed', () => {
  const row = (text: string) => ({ key: text, id: null, text })
  const found = merged(
    [began],
    { ...began, rows: [row('一'), row('我')] },
    { ...began, rows: [row('一'), row('你')] },
  )
  expect(found).toMatchObject({ isAsked: true, mine: { rows: [{}, { text: '我' }] } })
  expect(found).toMatchObject({ theirs: { rows: [{}, { text: '你' }] } })
})

test('rows that the server names, the same ones in one order, are merged each by its fields', () => {
  const row = (id: string, weight: number, text = id) => ({ key: id, id, weight, text })
  const rows = [row('itm_1', 20), row('itm_2', 30)]
  const mine = [row('itm_1', 25), row('itm_2', 30)]
  expect(
    merged([{ rows }], { rows: mine }, { rows: [row('itm_1', 20, '新'), row('itm_2', 40)] }),
  ).toMatchObject({
    mine: { rows: [row('itm_1', 25, '新'), row('itm_2', 40)] },
    isTaken: true,
    isAsked: false,
  })
  // Only the one number is asked about.
  expect(merged([{ rows }], { rows: mine }, { rows: [row('itm_1', 50), row('itm_2', 40)] })).toMatchObject({
    mine: { rows: [row('itm_1', 25), row('itm_2', 40)] },
    theirs: { rows: [row('itm_1', 50), row('itm_2', 40)] },
    isAsked: true,
  })
  const parts = [
    { kind: 'tests', weight: 40 },
    { kind: 'posts', weight: 60 },
  ] as const
  expect(
    merged(
      [{ parts }],
      { parts: [{ ...parts[0], weight: 50 }, parts[1]] },
      { parts: [parts[0], { ...parts[1], weight: 50 }] },
    ),
  ).toMatchObject({ mine: { parts: [{ weight: 50 }, { weight: 50 }] }, isAsked: false })
})

test.each([
  ['moved', (rows: object[]) => [...rows].reverse()],
  ['added', (rows: object[]) => [...rows, { key: 'n', id: null, text: '新' }]],
  ['removed', (rows: object[]) => rows.slice(1)],
])('where a row was %s, the list is asked about as a whole', (_, change) => {
  const rows = ['itm_1', 'itm_2'].map((id) => ({ key: id, id, text: id }))
  const theirs = rows.map((row) => ({ ...row, text: `${row.text}新` }))
  expect(merged([{ rows }], { rows: change(rows) }, { rows: theirs })).toMatchObject({
    mine: { rows: change(rows) },
    theirs: { rows: theirs },
    isAsked: true,
  })
})

test('a form in a form is merged by its fields, where it is of one kind', () => {
  const before = { levels: { a: 'low', b: 'low' }, comment: '' }
  const mine = { levels: { a: 'high', b: 'low' }, comment: '好' }
  const theirs = { levels: { a: 'low', b: 'high' }, comment: '' }
  expect(merged([before], mine, theirs)).toMatchObject({
    mine: { levels: { a: 'high', b: 'high' }, comment: '好' },
    isAsked: false,
  })
  const one = { work: { kind: 'video', id: 'vid_1', from: 0 } }
  const other = { work: { kind: 'paper', id: 'pap_1', from: 0 } }
  expect(merged([one], other, { work: { kind: 'video', id: 'vid_1', from: 9 } })).toMatchObject({
    mine: other,
    isAsked: true,
  })
})

test('what the others wrote over words of mine that were sent without an answer is their change only', () => {
  const tried = { ...began, title: '我的' }
  const mine = { ...began, title: '我的新标题' }
  expect(merged([began, tried], mine, { ...tried, goal: '别人的目标' })).toMatchObject({
    mine: { title: '我的新标题', goal: '别人的目标' },
    isAsked: false,
  })
})

test('another thing of the same kind is another choice', () => {
  const chosen = (id: string) => ({ video: { id, title: '分数' } })
  expect(merged([chosen('vid_1')], chosen('vid_2'), chosen('vid_3'))).toMatchObject({ isAsked: true })
})

test('a text, or a list, has nothing to be merged', () => {
  expect(merged(['早'], '早上', '早晨')).toBeUndefined()
  expect(merged([[1]], [1, 2], [1, 3])).toBeUndefined()
})
