// A task as its learner's page is given it, for specs.
import type { Schema } from '@/shared/api'
import { reply } from '@/shared/testing/page'

export const PATH = 'GET /api/v1/tasks/tsk_1'

export function task(rest: Partial<Schema<'TaskView'>>): Schema<'TaskView'> {
  return {
    id: 'tsk_1',
    list_id: 'lst_1',
    class_id: 'cls_1',
    week: 3,
    kind: 'read',
    title: '读：三本账',
    title_en: '',
    minutes: 10,
    required: true,
    steps: ['慢慢读一遍。', '停一下，估一估自己的数。'],
    prompts: [],
    body_html: '<p>一天是怎样<strong>用掉</strong>的</p>',
    least_chars: 10,
    most_chars: 200,
    time_zone: 'Asia/Shanghai',
    phase: 'open',
    closes_at: new Date(Date.now() + 86_400_000 * 3).toISOString(),
    ends_at: new Date(Date.now() + 86_400_000 * 10).toISOString(),
    is_claimed: rest.state !== 'waiting',
    state: 'claimed',
    is_late: false,
    credited_ms: 0,
    covered: [],
    is_withdrawn: false,
    is_asked: !rest.is_withdrawn && !['done', 'awaiting_review', 'missed'].includes(rest.state ?? ''),
    ...rest,
  }
}

export const unsigned = reply(409, {
  code: 'task_board.charter_unsigned',
  title: '请先签署班级契约，任务才会打开。',
  extra: { class_id: 'cls_1' },
})

export const WITHDRAWN = {
  is_withdrawn: true,
  correction: { made_as: 'withdrawn', note: '重复了', made_at: '2026-11-17T00:00:00Z' },
} as const
