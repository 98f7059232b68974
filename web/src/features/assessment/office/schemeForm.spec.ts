import { expect, test } from 'vitest'
import { sumOfParts, toEdit, toSend } from './schemeForm'

const scheme = {
  components: [
    { kind: 'tests' as const, weight: 60, minimum: 50 },
    { kind: 'tasks' as const, weight: 40, minimum: null },
  ],
  pass_from: 60,
  good_from: 80,
  excellent_from: 90,
  credits_tenths: 325,
  hours: 32,
  late_percent: 80,
  posts_wanted: 2,
}

test('a scheme survives the way through the editor', () => {
  const edited = toEdit(scheme)
  expect([edited.credits, edited.components.length, sumOfParts(edited.components)]).toEqual([32.5, 6, 100])
  const sent = toSend(edited)
  expect({ ...sent, components: undefined }).toEqual({ ...scheme, components: undefined })
  expect(new Set(sent.components)).toEqual(new Set(scheme.components))
})

test('a component that is not used weighs nothing and is not sent', () => {
  const edited = toEdit(scheme)
  for (const part of edited.components) if (part.kind === 'tests') part.isUsed = false
  expect([sumOfParts(edited.components), toSend(edited).components.map((part) => part.kind)]).toEqual([
    40,
    ['tasks'],
  ])
})
