// Answers what a scheme in the editor is made of: all six components, used or not, and numbers as they are typed.
import type { Schema } from '@/shared/api'

type Scheme = Schema<'EvaluationSchemeBody'>
type Kind = Schema<'ComponentKind'>

/** In the order in which they are shown. A new component does not compile before it has its place. */
const PLACES: Record<Kind, number> = {
  watch: 1,
  tasks: 2,
  tests: 3,
  assignments: 4,
  reflections: 5,
  discussion: 6,
}

export const KINDS = (Object.keys(PLACES) as Kind[]).sort((one, other) => PLACES[one] - PLACES[other])

export interface EditedComponent {
  kind: Kind
  isUsed: boolean
  weight: number
  /** Empty: no gate. */
  minimum: number | ''
}

export interface EditedScheme {
  components: EditedComponent[]
  pass_from: number
  good_from: number
  excellent_from: number
  /** In credits, with one decimal. */
  credits: number
  hours: number
  late_percent: number
  posts_wanted: number
}

export function toEdit(scheme: Scheme): EditedScheme {
  const { components, credits_tenths, ...rest } = scheme
  return {
    ...rest,
    credits: credits_tenths / 10,
    components: KINDS.map((kind) => {
      const found = components.find((component) => component.kind === kind)
      return { kind, isUsed: found !== undefined, weight: found?.weight ?? 0, minimum: found?.minimum ?? '' }
    }),
  }
}

export function toSend(edited: EditedScheme): Scheme {
  return {
    components: edited.components
      .filter((component) => component.isUsed)
      .map(({ kind, weight, minimum }) => ({
        kind,
        weight: Number(weight),
        minimum: minimum === '' ? null : Number(minimum),
      })),
    pass_from: Number(edited.pass_from),
    good_from: Number(edited.good_from),
    excellent_from: Number(edited.excellent_from),
    credits_tenths: Math.round(Number(edited.credits) * 10),
    hours: Number(edited.hours),
    late_percent: Number(edited.late_percent),
    posts_wanted: Number(edited.posts_wanted),
  }
}

export function sumOfParts(parts: readonly EditedComponent[]): number {
  return parts.reduce((sum, part) => sum + (part.isUsed ? Number(part.weight) : 0), 0)
}
