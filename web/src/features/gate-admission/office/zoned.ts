// Answers how an instant reads on a clock of a time zone, and which instant a reading of that clock is.

/** `2026-11-02T08:00` as a `datetime-local` input shows it. */
export function toClock(instant: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant at which that clock shows this; undefined for an empty or unreadable text. */
export function toInstant(clock: string, zone: string): string | undefined {
  // Checked by form first: what browsers make of other texts differs.
  const wanted = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(clock) ? Date.parse(`${clock}:00Z`) : NaN
  if (Number.isNaN(wanted)) return undefined
  // Twice: the first guess may lie on the other side of a clock change.
  let at = wanted
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${toClock(new Date(at).toISOString(), zone)}:00Z`)
    at += wanted - shown
  }
  return new Date(at).toISOString()
}
