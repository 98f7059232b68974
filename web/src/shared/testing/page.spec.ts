import { expect, test } from 'vitest'
import { api, call } from '@/shared/api'
import { answers } from './page'

test('a ticket of the live connection is listed only where a spec answers it', async () => {
  const unasked = answers({})
  await expect(call(api.POST('/api/v1/live/ticket'))).rejects.toThrow()
  expect(unasked).toEqual([])
  const made = answers({ 'POST /api/v1/live/ticket': { ticket: 'one' } })
  await call(api.POST('/api/v1/live/ticket'))
  expect(made.map(({ path }) => path)).toEqual(['/api/v1/live/ticket'])
})
