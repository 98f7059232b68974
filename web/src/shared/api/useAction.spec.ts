import { afterEach, expect, test } from 'vitest'
import { actionKeys } from './useAction'

afterEach(() => history.replaceState(null, '', '/'))

test('the same input on the page of another thing is another action', () => {
  const keys = actionKeys()
  history.replaceState(null, '', '/office/trainings/trn_1/results?page=2')
  const key = keys.keyFor({ confirm: true })
  history.replaceState(null, '', '/office/trainings/trn_1/results')
  expect(keys.keyFor({ confirm: true })).toBe(key)
  history.replaceState(null, '', '/office/trainings/trn_2/results')
  expect(keys.keyFor({ confirm: true })).not.toBe(key)
})
