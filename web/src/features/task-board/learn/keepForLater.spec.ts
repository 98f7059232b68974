import { QueryClient } from '@tanstack/vue-query'
import { expect, test } from 'vitest'
import { answers } from '@/shared/testing/page'
import { keepForLater } from './keepForLater'
import { taskOf } from './testWeek'

test('texts to read and what a reflection needs come onto the device once, videos and tests do not', async () => {
  const made = answers({
    'GET /api/v1/tasks/tsk_read': { id: 'tsk_read' },
    'GET /api/v1/tasks/tsk_reflect': { id: 'tsk_reflect' },
    'GET /api/v1/tasks/tsk_reflect/reflection': { draft: '', version: 0 },
  })
  const client = new QueryClient()
  const tasks = [
    taskOf('tsk_read'),
    taskOf('tsk_watch', { kind: 'watch' }),
    taskOf('tsk_test', { kind: 'test' }),
    taskOf('tsk_reflect', { kind: 'reflect' }),
  ]
  const asked = () => made.map(({ path }) => path.replace('/api/v1/tasks/', ''))
  keepForLater(client, tasks)
  await expect.poll(asked).toEqual(['tsk_read', 'tsk_reflect', 'tsk_reflect/reflection'])
})
