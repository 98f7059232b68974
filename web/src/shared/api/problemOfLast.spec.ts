import { expect, test } from 'vitest'
import { ref } from 'vue'
import { Problem } from './problem'
import { problemOfLast } from './problemOfLast'

const action = (at = 0, code?: string) => ({
  error: ref(code ? new Problem({ code }) : null),
  submittedAt: ref(at),
})

test.each([
  { what: 'nothing was pressed', lock: action(), publish: action(), says: undefined },
  { what: 'only the first failed', lock: action(1, 'locked'), publish: action(), says: 'locked' },
  { what: 'both failed', lock: action(2, 'locked'), publish: action(1, 'published'), says: 'locked' },
  { what: 'the other one worked since', lock: action(1, 'locked'), publish: action(2), says: undefined },
  { what: 'the other one failed since', lock: action(1, 'locked'), publish: action(2, 'late'), says: 'late' },
])('where $what', ({ lock, publish, says }) => {
  expect(problemOfLast(lock, publish).value?.code).toBe(says)
})
