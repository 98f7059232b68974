import { expect, test } from 'vitest'
import { toBody, toFen, toForm, toYuan } from './planForm'

test.each([
  ['0', 0],
  ['1200', 120_000],
  ['1200.5', 120_050],
  ['0.29', 29],
  ['1,200.05', 120_005],
  [' 7 ', 700],
])('%s yuan are %d fen', (yuan, fen) => {
  expect(toFen(yuan)).toBe(fen)
})

test.each(['', '-1', '1.234', '十元', '1e3', '.5'])('%s is no amount', (yuan) => {
  expect(toFen(yuan)).toBeUndefined()
})

test('an amount comes back as it was typed', () => {
  for (const fen of [0, 5, 29, 100, 120_050, 99_999_999_999]) expect(toFen(toYuan(fen))).toBe(fen)
})

test('a plan survives the way through the form', () => {
  const body = {
    title: '复式教学',
    title_en: '',
    time_zone: 'Asia/Shanghai',
    starts_on: '2026-11-02',
    weeks: 3,
    purpose: '有方法',
    target_group: '教学点教师',
    scale: 60,
    staff_needed: { assistants: 3, experts: 2 },
    content_lines: [{ title: '一堂课', body: '', first_week: 1, last_week: 3 }],
    budget_lines: [{ title: '专家费', fen: 120_050 }],
  }
  expect(toBody(toForm(body))).toEqual(body)
})
