// Answers what the editor asks for a task of each kind. A new kind does not compile before it has its row.
import type { TaskKind } from './taskForm'

interface KindRow {
  /** What such a task works with, chosen from what the course has. */
  works: 'video' | 'paper' | 'rubric' | 'nothing'
  /** Which rubrics judge it. */
  judged?: 'assignment' | 'reflection'
  /** Learners write a text of some length. */
  writes: boolean
  /** Questions that help while writing. */
  prompts: boolean
  /** What must be written before learners get it. */
  says: 'text' | 'textOrSteps' | 'nothing'
}

export const TASK_KINDS: Record<TaskKind, KindRow> = {
  watch: { works: 'video', writes: false, prompts: false, says: 'nothing' },
  read: { works: 'nothing', writes: false, prompts: false, says: 'text' },
  discuss: { works: 'nothing', writes: false, prompts: false, says: 'nothing' },
  test: { works: 'paper', writes: false, prompts: false, says: 'nothing' },
  assignment: { works: 'rubric', judged: 'assignment', writes: true, prompts: false, says: 'textOrSteps' },
  reflect: { works: 'rubric', judged: 'reflection', writes: true, prompts: true, says: 'nothing' },
}

/** Where each of these things is made, and how the form speaks of it; other features bring the pages. */
export const WORKS = {
  video: {
    page: 'course-library.library',
    making: 'task.toVideos',
    label: 'task.video',
    none: 'task.video.none',
  },
  paper: { page: 'assessment.papers', making: 'task.toPapers', label: 'task.paper', none: 'task.paper.none' },
  rubric: {
    page: 'assessment.rubrics',
    making: 'task.toRubrics',
    label: 'task.rubric',
    none: 'task.rubric.hint',
  },
} as const
