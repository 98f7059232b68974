import { afterEach, expect, expectTypeOf, test } from 'vitest'
import { addCatalogue, locale, textOf } from '.'
import zh from './common.zh'
import en from './common.en'

const catalogue = { plain: '您好', slots: '第 {n} 周，{name}' } as const
const text = textOf<typeof catalogue>('spec', 'learn')
addCatalogue('zh-CN', 'spec/learn', catalogue)

afterEach(() => {
  locale.value = 'zh-CN'
})

test('slots are filled, and the types ask for each of them', () => {
  expect(text.t('plain')).toBe('您好')
  expect(text.t('slots', { n: 3, name: '王' })).toBe('第 3 周，王')
  expectTypeOf(text.t<'slots'>)
    .parameter(1)
    .toEqualTypeOf<Record<'n' | 'name', string | number>>()
})

test('in English one thing is told from several', () => {
  locale.value = 'en'
  addCatalogue('en', 'spec/counted', { plain: '', slots: '{n} {n|day|days} left, {name}' })
  const { t } = textOf<typeof catalogue>('spec', 'counted')
  const said = [0, 1, 2, '1', '1.5'].map((n) => t('slots', { n, name: 'Wang' }))
  expect(said.map((words) => words.split(' left')[0])).toEqual([
    '0 days',
    '1 day',
    '2 days',
    '1 day',
    '1.5 days',
  ])
})

test('Chinese stands in while a language is still on its way', () => {
  locale.value = 'en'
  expect(text.t('plain')).toBe('您好')
  addCatalogue('en', 'spec/learn', { plain: 'Hello', slots: 'Week {n}, {name}' })
  expect(text.t('plain')).toBe('Hello')
})

const catalogues = import.meta.glob<Record<string, string>>(
  ['../../features/**/*.{zh,en}.ts', '../**/words.{zh,en}.ts'],
  { eager: true, import: 'default' },
)

const pairs: [string, Record<string, string>, Record<string, string>][] = [['common', zh, en]]
for (const [path, chinese] of Object.entries(catalogues)) {
  if (path.endsWith('.zh.ts')) pairs.push([path, chinese, catalogues[path.replace('.zh.', '.en.')] ?? {}])
}

test.each(pairs)('%s says the same in both languages, slot by slot', (_name, chinese, english) => {
  const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  for (const [key, text] of Object.entries(chinese)) {
    expect.soft(slots(english[key] ?? ''), key).toEqual(slots(text))
    expect.soft(english[key], key).not.toMatch(/\p{Script=Han}/u)
  }
})

test('the words of the shared parts are among them', () => {
  expect(pairs.map(([path]) => path).filter((path) => /^\.\.\/\w.*\/words\.zh\.ts$/.test(path))).toHaveLength(
    7,
  )
})
