import { describe, expect, test } from 'vitest'
import { effectScope, nextTick, reactive } from 'vue'
import { Problem } from '@/shared/api/problem'
import { showPage } from '@/shared/testing/page'
import { useFaults } from './useFaults'
import { useForm } from './useForm'

const blank = () => ({
  name: '',
  parts: ['甲', '乙', '丙'].map((title) => ({ title, choices: [{ text: '' }, { text: '' }] })),
})

function begin() {
  const values = reactive(blank())
  let mended = 0
  const scope = effectScope()
  const faults = scope.run(() =>
    useFaults(
      () => values,
      () => (mended += 1),
      () => ({ lines: values.parts.filter(({ title }) => title !== '甲') }),
    ),
  )
  if (!faults) throw new Error('no scope')
  return { values, faults, mended: () => mended }
}

describe('what is wrong with a row', () => {
  const at = '/parts/1/choices/1/text'
  const cases: [string, (values: ReturnType<typeof blank>) => unknown, string | undefined][] = [
    ['a row before it goes', ({ parts }) => parts.splice(0, 1), '/parts/0/choices/1/text'],
    [
      'a row before it comes',
      ({ parts }) => parts.unshift({ title: '', choices: [] }),
      '/parts/2/choices/1/text',
    ],
    ['it is moved', ({ parts }) => parts.unshift(...parts.splice(1, 1)), '/parts/0/choices/1/text'],
    ['the list is made anew of the same rows', (all) => (all.parts = [...all.parts].reverse()), at],
    ['a row within it goes', ({ parts }) => parts[1]?.choices.splice(0, 1), '/parts/1/choices/0/text'],
    ['another row changes', ({ parts }) => parts[0] && (parts[0].title = 'x'), at],
    ['it goes', ({ parts }) => parts.splice(1, 1), undefined],
    ['it is mended', ({ parts }) => parts[1]?.choices[1] && (parts[1].choices[1].text = 'x'), undefined],
  ]
  test.each(cases)('stays with it when %s', async (_, change, now) => {
    const { values, faults, mended } = begin()
    faults.tell({ [at]: '请填写' })
    change(values)
    await nextTick()
    const marked = [0, 1, 2, 3].flatMap((row) =>
      [0, 1].map((choice) => `/parts/${row}/choices/${choice}/text`).filter((one) => faults.problemOf(one)),
    )
    expect(marked).toEqual(now === undefined ? [] : [now])
    expect(mended()).toBe(now === undefined ? 1 : 0)
  })
})

test('rows are counted as they were sent, under the name that the server has for them', async () => {
  const { values, faults } = begin()
  faults.tell({ '/lines/0/title': '太短' })
  expect(faults.problemOf('/lines/0/title')).toBe('太短')
  if (values.parts[0]) values.parts[0].title = '丁'
  await nextTick()
  expect(faults.problemOf('/lines/0/title')).toBeUndefined()
  expect(faults.problemOf('/lines/1/title')).toBe('太短')
})

test('a part that the row calls otherwise is wrong until something of the row changes', async () => {
  const { values, faults } = begin()
  faults.tell({ '/parts/1/weeks': '太多' })
  values.name = 'x'
  await nextTick()
  expect(faults.problemOf('/parts/1/weeks')).toBe('太多')
  if (values.parts[1]) values.parts[1].title = 'x'
  await nextTick()
  expect(faults.problemOf('/parts/1/weeks')).toBeUndefined()
})

test('an answer is about the rows as they were sent', async () => {
  const errors = [{ pointer: '/parts/2/title', code: 'x', detail: '太短' }]
  let answer: () => void = () => undefined
  let form!: ReturnType<typeof make>
  const make = () =>
    useForm({
      values: blank,
      guard: false,
      send: () =>
        new Promise<void>((_, refuse) => {
          answer = () => refuse(new Problem({ status: 422, code: 'input', errors }))
        }),
    })
  await showPage({ setup: () => void (form = make()), render: () => null })
  const sent = form.submit()
  form.values.parts.splice(0, 1)
  answer()
  await sent
  expect(form.problemOf('/parts/1/title')).toBe('太短')
})
