import { expect, test } from 'vitest'

/** Everything that draws a page; what it says is in the catalogues. */
const sources = import.meta.glob<string>(
  [
    '../../**/*.{vue,ts}',
    '!../../**/*.{zh,en}.ts',
    '!../../**/*.spec.ts',
    '!../testing/**',
    // What specs are made of.
    '!../../**/{testAttempt,testSubmission,testTask,testWeek,modelClass}.ts',
    // A language has its own name.
    '!../../app/language.ts',
    // The page of parts shows them with words, in Chinese.
    '!../../app/pages/KitPage.vue',
  ],
  { eager: true, query: '?raw', import: 'default' },
)
const COMMENT = /<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/

test('no part has Chinese words or marks of its own: whoever reads English would meet them', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(200)
  const found = Object.entries(sources).flatMap(([path, text]) =>
    text
      .replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ''))
      .split('\n')
      .flatMap((line, at) => (CHINESE.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})
