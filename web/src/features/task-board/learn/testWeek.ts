// A week as the server tells it, for specs.
import type { Schema } from '@/shared/api'
import { isDone } from '@/shared/tasks/states'

type Week = Schema<'WeekView'>
type Task = Schema<'WeekTaskView'>

const CLOSES = new Date(Date.now() + 2.5 * 86_400_000).toISOString()
const ENDS = new Date(Date.now() + 9.5 * 86_400_000).toISOString()

export function taskOf(id: string, rest: Partial<Task> = {}): Task {
  return {
    id,
    week: 3,
    kind: 'read',
    title: `读：${id}`,
    title_en: '',
    minutes: 10,
    required: true,
    state: 'claimed',
    closes_at: CLOSES,
    ends_at: ENDS,
    is_asked: !isDone(rest.state ?? 'claimed'),
    is_late: false,
    is_withdrawn: false,
    ...rest,
  }
}

export function weekOf(tasks: Task[], rest: Partial<Week> = {}): Week {
  return {
    class_id: 'cls_1',
    class_name: '一班',
    training_id: 'trn_1',
    training_title: '复式教学',
    training_title_en: 'Mixed-grade teaching',
    time_zone: 'Asia/Shanghai',
    role: 'learner',
    week: 3,
    weeks: 8,
    this_week: 3,
    phase: 'open',
    opens_at: '2026-11-15T16:00:00Z',
    closes_at: CLOSES,
    ends_at: ENDS,
    is_signed: true,
    next: { kind: 'wait' },
    done: tasks.filter((task) => isDone(task.state)).length,
    total: tasks.length,
    list: {
      id: 'lst_1',
      goal: '看清我的课堂',
      goal_en: 'Seeing my own classroom',
      published_at: '2026-11-15T16:00:00Z',
      claimed_at: '2026-11-16T00:00:00Z',
      tasks,
      unknown_tasks: 0,
    },
    make_up: [],
    announcements: 2,
    ...rest,
  }
}
