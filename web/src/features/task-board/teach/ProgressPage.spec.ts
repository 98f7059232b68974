import { expect, test } from 'vitest'
import type { Schema } from '@/shared/api'
import { answers, showPage } from '@/shared/testing/page'
import ProgressPage from './ProgressPage.vue'

test('the matrix says each state in a word, and who needs one', async () => {
  answers({
    'GET /api/v1/classes/cls_1/matrix': {
      week: 2,
      weeks: 8,
      time_zone: 'Asia/Shanghai',
      closes_at: '2026-11-15T16:00:00Z',
      tasks: [{ id: 'tsk_1', kind: 'watch', title: '一天', required: true }],
      learners: [
        {
          person_id: 'per_1',
          name: '王小明',
          is_signed: true,
          claimed_at: '2026-11-09T00:00:00Z',
          done: 1,
          cells: [{ state: 'done', is_late: true, done_at: '2026-11-16T00:00:00Z', credited_seconds: 90 }],
        },
        {
          person_id: 'per_2',
          name: '李老师',
          is_signed: false,
          claimed_at: null,
          done: 0,
          cells: [{ state: 'waiting', is_late: false, credited_seconds: 0 }],
        },
      ],
    },
    'GET /api/v1/classes/cls_1/falling-behind': {
      items: [{ person_id: 'per_2', name: '李老师', reasons: [{ kind: 'overdue', week: 2, left: 1 }] }],
    },
  })
  const page = await showPage(ProgressPage, { props: { classId: 'cls_1' } })
  const rows = page.findAll('tbody tr').map((row) => row.text())
  expect(rows[0]).toContain('补交')
  expect(rows[0]).toContain('已计 1.5 分钟')
  expect(rows[1]).toContain('未签契约')
  expect(page.text()).toContain('第 2 周还差 1 个必做任务')
})

type Cell = Schema<'MatrixCellView'>
type State = Schema<'TaskState'>

/** Each state as a class may have it, in both languages, with the colour that supports it. A new state does not compile before it has its row. */
const STATES: Record<State, { zh: string; en: string; tone: string; rest?: Partial<Cell> }> = {
  waiting: { zh: '未领取', en: 'Not claimed', tone: 'neutral' },
  claimed: { zh: '未开始', en: 'Not begun', tone: 'neutral' },
  started: { zh: '进行中', en: 'Under way', tone: 'info' },
  late: { zh: '可补交', en: 'Can be made up', tone: 'soon' },
  missed: { zh: '未完成，已截止', en: 'Not done, closed', tone: 'late' },
  returned: { zh: '已退回，待修改', en: 'Sent back, to be revised', tone: 'soon' },
  below_minimum: {
    zh: '未达要求 31.66 分，要求 60 分',
    en: 'Below the minimum 31.66, of at least 60',
    tone: 'soon',
    rest: { test: { score: 3166, minimum: 60, attempts_left: 1 } },
  },
  awaiting_review: { zh: '已交，待评阅', en: 'Handed in, to be reviewed', tone: 'info' },
  done: { zh: '已完成', en: 'Done', tone: 'done' },
}
const states = Object.keys(STATES) as State[]
const cells: Cell[] = [
  ...states.map((state) => ({ state, is_late: false, credited_seconds: 0, ...STATES[state].rest })),
  { state: 'done', is_late: true, credited_seconds: 0 },
]
const ofClass = (behind: unknown[]) => ({
  'GET /api/v1/classes/cls_1/matrix': {
    week: 2,
    weeks: 8,
    time_zone: 'Asia/Shanghai',
    closes_at: '2026-11-15T16:00:00Z',
    tasks: cells.map((_, at) => ({ id: `tsk_${at}`, kind: 'read', title: `任务${at}`, required: true })),
    learners: [
      {
        person_id: 'per_1',
        name: '王小明',
        is_signed: true,
        claimed_at: '2026-11-09T00:00:00Z',
        done: 3,
        cells,
      },
    ],
  },
  'GET /api/v1/classes/cls_1/falling-behind': { items: behind },
})

test.each(['zh-CN', 'en'] as const)(
  'the matrix tells each state of a task in words (%s)',
  async (language) => {
    answers(ofClass([]))
    const page = await showPage(ProgressPage, { props: { classId: 'cls_1' }, language })
    const row = page.findAll('tbody td').slice(1)
    const said = states.map((state) => STATES[state][language === 'en' ? 'en' : 'zh'])
    expect(row.map((cell) => cell.text())).toEqual([...said, language === 'en' ? 'Made up' : '补交'])
    expect(row.map((cell) => cell.classes().join())).toEqual([
      ...states.map((state) => STATES[state].tone),
      'soon',
    ])
  },
)

const REASONS: { reason: Schema<'BehindReason'>; zh: string; en: string }[] = [
  {
    reason: { kind: 'missed', week: 1, left: 1 },
    zh: '第 1 周有 1 个必做任务没有完成，已截止',
    en: 'Week 1 closed with 1 required task not done',
  },
  {
    reason: { kind: 'overdue', week: 2, left: 2 },
    zh: '第 2 周还差 2 个必做任务，在补交期',
    en: 'Week 2: 2 required tasks left, late work is still taken',
  },
  {
    reason: { kind: 'not_claimed', week: 3 },
    zh: '第 3 周开始三天以上了，还没有领取',
    en: 'Week 3 began three days ago or more and is not claimed',
  },
  {
    reason: { kind: 'returned', week: 2, works: 1 },
    zh: '第 2 周有 1 份作业或反思退回后还没有再交',
    en: 'Week 2: 1 work sent back and not handed in again',
  },
  {
    reason: { kind: 'below_minimum', week: 2, tests: 2 },
    zh: '第 2 周有 2 次测试没有达到要求',
    en: 'Week 2: 2 tests below the minimum',
  },
  {
    reason: { kind: 'slow', week: 3, left: 1 },
    zh: '第 3 周快结束了，还差 1 个必做任务',
    en: 'Week 3 is nearly over with 1 required task left',
  },
]

test.each(['zh-CN', 'en'] as const)('each reason to fall behind is told in words (%s)', async (language) => {
  answers(ofClass([{ person_id: 'per_1', name: '王小明', reasons: REASONS.map(({ reason }) => reason) }]))
  const page = await showPage(ProgressPage, { props: { classId: 'cls_1' }, language })
  const said = page.findAll('.reason').map((one) => one.text())
  expect(said).toEqual(REASONS.map((one) => (language === 'en' ? one.en : one.zh)))
})
