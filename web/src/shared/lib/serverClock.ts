// Answers what time it is at the server, whatever this device's clock says: heard with each answer, counted on by a clock that
// nobody sets.
import { ref } from 'vue'

let heard: { time: number; at: number } | undefined
const isHeard = ref(false)
let tell: () => void
/** Resolves once the server has said what time it is. */
export const timeHeard = new Promise<void>((resolve) => (tell = resolve))

/** The `Date` of an answer that has just arrived. */
export function hearTime(date: string | null) {
  const time = Date.parse(date ?? '')
  if (Number.isNaN(time)) return
  heard = { time, at: performance.now() }
  isHeard.value = true
  tell()
}

/** For what is told in words: this device's clock as long as the server has said nothing. What was told by it is told anew then. */
export const likelyNow = (): number => (isHeard.value && serverNow()) || Date.now()

/** Undefined until the server has said something to this page. */
export function serverNow(): number | undefined {
  return heard && heard.time + performance.now() - heard.at
}
