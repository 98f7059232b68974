// Answers how a notice is typed: times on the training's clock, questions and clauses as lists.
import { freshId } from '@/shared/lib/id'
import type { NoticeBody } from './queries'
import { toClock, toInstant } from './zoned'

export interface NoticeForm {
  title: string
  body: string
  opens: string
  closes: string
  capacity: number
  hours: number
  threshold: number
  eligibility: { key: string; text: string; expected: 'yes' | 'no' }[]
  willingness: { key: string; text: string; choices: { text: string; score: number }[] }[]
  pledge: { key: string; text: string }[]
}

export type NoticeRules = Pick<NoticeForm, 'hours' | 'threshold' | 'eligibility' | 'willingness' | 'pledge'>

/** By which people apply, and which hold from then on. */
export function rulesOf({ hours, threshold, eligibility, willingness, pledge }: NoticeForm): NoticeRules {
  return { hours, threshold, eligibility, willingness, pledge }
}

/** As many places as the plan has, where it says how many. */
export function emptyForm(scale?: number): NoticeForm {
  return {
    title: '',
    body: '',
    opens: '',
    closes: '',
    capacity: scale || 60,
    hours: 3,
    threshold: 0,
    eligibility: [],
    willingness: [],
    pledge: [],
  }
}

export function toForm(body: NoticeBody, zone: string): NoticeForm {
  return {
    title: body.title,
    body: body.body_markdown,
    opens: toClock(body.opens_at, zone),
    closes: toClock(body.closes_at, zone),
    capacity: body.capacity,
    hours: body.least_hours ?? 3,
    threshold: body.threshold,
    eligibility: body.eligibility.map((one) => ({ ...one, expected: one.expected ? 'yes' : 'no' })),
    willingness: body.willingness.map((one) => ({
      ...one,
      choices: one.choices.map((choice) => ({ ...choice })),
    })),
    pledge: body.pledge.map((one) => ({ ...one })),
  }
}

export function toBody(form: NoticeForm, zone: string): NoticeBody {
  return {
    title: form.title,
    body_markdown: form.body,
    opens_at: toInstant(form.opens, zone) ?? '',
    closes_at: toInstant(form.closes, zone) ?? '',
    capacity: whole(form.capacity),
    least_hours: whole(form.hours),
    threshold: whole(form.threshold),
    eligibility: form.eligibility.map((one) => ({ ...one, expected: one.expected === 'yes' })),
    willingness: form.willingness.map((one) => ({
      ...one,
      choices: one.choices.map(({ text, score }) => ({ text, score: whole(score) })),
    })),
    pledge: form.pledge,
  }
}

/** The best score that the questions can give. */
export function bestScore(form: NoticeForm): number {
  return form.willingness.reduce(
    (sum, { choices }) => sum + Math.max(0, ...choices.map(({ score }) => whole(score))),
    0,
  )
}

/** Answers are kept by the question's key, so that words may be corrected later. */
export function freshKey(): string {
  return freshId().slice(0, 12)
}

function whole(value: number | string): number {
  const number = Math.round(Number(value))
  return Number.isFinite(number) && number > 0 ? number : 0
}
