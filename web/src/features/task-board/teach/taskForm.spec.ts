import { expect, test } from 'vitest'
import { bodyOf, formOf } from './taskForm'

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
