// Answers how dates, numbers and sizes read in the page's language; times in the training's zone.
import { locale } from '@/shared/i18n'
import { common } from '@/shared/i18n/common'
import { likelyNow } from '@/shared/lib/serverClock'

export const DEFAULT_ZONE = 'Asia/Shanghai'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DAY_PARTS = { year: 'numeric', month: 'short', day: 'numeric' } as const

/** Every function reads the language when it is called, so templates follow a switch. `at` is an RFC 3339 text. */
export function useFormat(zone: string = DEFAULT_ZONE) {
  const { t } = common
  const inZone = (at: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value, { timeZone: zone, ...options }).format(new Date(at))
  const numeral = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale.value, options).format(value)

  const date = (at: string) => inZone(at, DAY_PARTS)
  const dateTime = (at: string) =>
    inZone(at, { ...DAY_PARTS, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

  /** The number of a calendar day in the zone. Swedish writes dates as the standard does. */
  const dayOf = (at: number) =>
    Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at)) / DAY

  /** Relative while that is what a person would say, then the date. */
  function when(at: string, now = likelyNow()): string {
    const past = now - Date.parse(at)
    if (past > 7 * DAY || past < -MINUTE) return dateTime(at)
    if (past < MINUTE) return t('ago.now')
    const words = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' })
    if (past < HOUR) return words.format(-Math.floor(past / MINUTE), 'minute')
    if (past < DAY) return words.format(-Math.floor(past / HOUR), 'hour')
    // Yesterday is the day before today, not 24 to 48 hours ago.
    return words.format(dayOf(Date.parse(at)) - dayOf(now), 'day')
  }

  /** Until when, as people say it: the end of a day is 24:00 of that day, not the first minute of the next. */
  function until(at: string): string {
    const time = inZone(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    if (time !== '00:00') return dateTime(at)
    return `${date(new Date(Date.parse(at) - MINUTE).toISOString())} 24:00`
  }

  /** A deadline in words: two days left, three hours left, closed. */
  function left(until: string, now = likelyNow()): string {
    const rest = Date.parse(until) - now
    if (rest <= 0) return t('left.over')
    if (rest >= DAY) return t('left.days', { n: Math.floor(rest / DAY) })
    if (rest >= HOUR) return t('left.hours', { n: Math.floor(rest / HOUR) })
    return t('left.minutes', { n: Math.max(1, Math.floor(rest / MINUTE)) })
  }

  function bytes(count: number): string {
    if (count >= 1_000_000) return `${numeral(count / 1_000_000, { maximumFractionDigits: 1 })} MB`
    return `${numeral(count && Math.max(1, Math.round(count / 1000)))} kB`
  }

  return {
    date,
    dateTime,
    when,
    left,
    until,
    bytes,
    minutes: (seconds: number) => t('minutes', { n: Math.max(1, Math.round(seconds / 60)) }),
    number: numeral,
    percent: (share: number) => numeral(share, { style: 'percent', maximumFractionDigits: 0 }),
    /** Fen, as the server keeps money. */
    money: (fen: number) => numeral(fen / 100, { style: 'currency', currency: 'CNY' }),
  }
}
