import { QueryClient } from '@tanstack/vue-query'
import { expect, test } from 'vitest'
import { answers } from '@/shared/testing/page'
import { keepForLater } from './keepForLater'
import { taskOf } from './testWeek'

test('every task comes onto the device once, and what one writes for it', async () => {
  const made = answers({
    ...Object.fromEntries(
      ['read', 'watch', 'write', 'reflect'].map((kind) => [
        `GET /api/v1/tasks/tsk_${kind}`,
        { id: `tsk_${kind}` },
      ]),
    ),
    'GET /api/v1/tasks/tsk_write/submission': { task_id: 'tsk_write' },
    'GET /api/v1/tasks/tsk_reflect/reflection': { draft: '', version: 0 },
  })
  const client = new QueryClient()
  const tasks = [
    taskOf('tsk_read'),
    taskOf('tsk_watch', { kind: 'watch' }),
    taskOf('tsk_write', { kind: 'assignment' }),
    taskOf('tsk_reflect', { kind: 'reflect' }),
  ]
  const asked = () => made.map(({ path }) => path.replace('/api/v1/tasks/', ''))
  keepForLater(client, tasks)
  await expect
    .poll(asked)
    .toEqual([
      'tsk_read',
      'tsk_watch',
      'tsk_write',
      'tsk_write/submission',
      'tsk_reflect',
      'tsk_reflect/reflection',
    ])
})
