// Answers where a task of each kind is done. A new kind does not compile before it has its row.
import type { TaskKind } from './words'

/** Done on the task's own page, or on another one to which the task leads. */
export const PLACES = {
  watch: 'here',
  read: 'here',
  reflect: 'here',
  discuss: 'elsewhere',
  test: 'elsewhere',
  assignment: 'elsewhere',
} as const satisfies Record<TaskKind, 'here' | 'elsewhere'>

type Of<Place> = { [Kind in TaskKind]: (typeof PLACES)[Kind] extends Place ? Kind : never }[TaskKind]
export type HereKind = Of<'here'>
export type ElsewhereKind = Of<'elsewhere'>

/** What was done for it is read where it is done, also once the task is withdrawn. */
export function leavesWork(kind: TaskKind | null | undefined): boolean {
  return kind === 'reflect' || Boolean(kind && isElsewhere(kind))
}

export function isElsewhere(kind: TaskKind): kind is ElsewhereKind {
  return PLACES[kind] === 'elsewhere'
}
