// Answers how a plan is typed: money in yuan as people write it, lines that can be added and taken out.
import type { PlanBody } from './queries'

export interface PlanForm {
  title: string
  titleEn: string
  zone: string
  starts: string
  weeks: number
  purpose: string
  target: string
  scale: number
  assistants: number
  experts: number
  content: { title: string; body: string; first: number; last: number }[]
  budget: { title: string; yuan: string }[]
}

export function toForm(body: PlanBody): PlanForm {
  return {
    title: body.title,
    titleEn: body.title_en ?? '',
    zone: body.time_zone,
    starts: body.starts_on,
    weeks: body.weeks,
    purpose: body.purpose,
    target: body.target_group,
    scale: body.scale,
    assistants: body.staff_needed.assistants,
    experts: body.staff_needed.experts,
    content: body.content_lines.map((line) => ({
      title: line.title,
      body: line.body ?? '',
      first: line.first_week,
      last: line.last_week,
    })),
    budget: body.budget_lines.map((line) => ({ title: line.title, yuan: toYuan(line.fen) })),
  }
}

export function toBody(form: PlanForm): PlanBody {
  return {
    title: form.title,
    title_en: form.titleEn,
    time_zone: form.zone,
    starts_on: form.starts,
    weeks: whole(form.weeks),
    purpose: form.purpose,
    target_group: form.target,
    scale: whole(form.scale),
    staff_needed: { assistants: whole(form.assistants), experts: whole(form.experts) },
    content_lines: form.content.map((line) => ({
      title: line.title,
      body: line.body,
      first_week: whole(line.first),
      last_week: whole(line.last),
    })),
    budget_lines: form.budget.map((line) => ({ title: line.title, fen: toFen(line.yuan) ?? 0 })),
  }
}

/** "1200.5" is 120050 fen; undefined when it is no amount. Counted in digits: money is never a fraction. */
export function toFen(yuan: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(
    String(yuan)
      .trim()
      .replace(/[,\uff0c]/g, ''),
  )
  if (!match) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

export function toYuan(fen: number): string {
  const rest = fen % 100
  const yuan = (fen - rest) / 100
  return rest === 0 ? String(yuan) : `${yuan}.${String(rest).padStart(2, '0')}`
}

/** A number input that was emptied reads as 0, which the server then explains. */
function whole(value: number | string): number {
  const number = Math.round(Number(value))
  return Number.isFinite(number) && number > 0 ? number : 0
}
