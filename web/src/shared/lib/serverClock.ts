// Answers what time it is at the server, whatever this device's clock says: heard with each answer, counted on by a clock that
// nobody sets.

let heard: { time: number; at: number } | undefined
let tell: () => void
/** Resolves once the server has said what time it is. */
export const timeHeard = new Promise<void>((resolve) => (tell = resolve))

/** The `Date` of an answer that has just arrived. */
export function hearTime(date: string | null) {
  const time = Date.parse(date ?? '')
  if (Number.isNaN(time)) return
  heard = { time, at: performance.now() }
  tell()
}

/** For what is told in words: this device's clock as long as the server has said nothing. */
export const likelyNow = (): number => serverNow() ?? Date.now()

/** Undefined until the server has said something to this page. */
export function serverNow(): number | undefined {
  return heard && heard.time + performance.now() - heard.at
}
