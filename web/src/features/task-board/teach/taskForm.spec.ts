import { expect, test } from 'vitest'
import { bodyOf, formOf, missingOf } from './taskForm'

test('steps are lines; empty ones say nothing', () => {
  const form = { ...formOf(undefined), title: '读', steps: '一\n\n  二  \n' }
  expect(bodyOf(form).steps).toEqual(['一', '二'])
})

test('what a kind does not use is not sent', () => {
  const form = {
    ...formOf(undefined),
    kind: 'read' as const,
    prompts: '为什么？',
    least_chars: 100,
    ref_id: '',
  }
  expect(bodyOf(form)).toMatchObject({ prompts: [], least_chars: 0, ref_id: null })
  expect(bodyOf({ ...form, kind: 'reflect' })).toMatchObject({ prompts: ['为什么？'], least_chars: 100 })
})

test.each([
  { kind: 'read', body_markdown: ' ', steps: '先读一遍', missing: 'text' },
  { kind: 'read', body_markdown: '三本账', steps: '', missing: undefined },
  { kind: 'assignment', body_markdown: '', steps: '\n', missing: 'textOrSteps' },
  { kind: 'assignment', body_markdown: '', steps: '画一张表', missing: undefined },
  { kind: 'reflect', body_markdown: '', steps: '', missing: undefined },
] as const)('what a task of kind $kind lacks: $missing', ({ missing, ...form }) => {
  expect(missingOf(form)).toBe(missing)
})
