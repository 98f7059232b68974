// Makes a double click one click: its second press never reaches what came under the pointer after the first, and never presses
// the same button again. So nothing is answered unseen, sent twice, or taken from the next row.

const SOON_MS = 400
const NEAR_PX = 24
const PRESSABLE =
  'a, button, label, input, select, textarea, summary, [role=option], [role=button], [role=tab]'

/** What a press on these brings may move the page; a choice or a field moves nothing. */
const MOVES = 'a, button, summary, [role=option], [role=button], [role=tab]'

interface Press {
  on: Element
  x: number
  y: number
  at: number
}

export function ignoreDoublePresses(page: Document = document) {
  let meant: Press | undefined
  let isIgnored = false
  let isMouse = false

  page.addEventListener(
    'pointerdown',
    (event) => {
      const press = pressOf(event)
      isMouse = event.pointerType === 'mouse'
      isIgnored = press !== undefined && meant !== undefined && isSecondHalf(meant, press, page)
      if (!isIgnored) meant = press
    },
    true,
  )
  // Who has typed in between means the next press.
  page.addEventListener('input', () => (meant = undefined), true)
  for (const kind of ['mousedown', 'click'] as const) {
    page.addEventListener(
      kind,
      (event) => {
        // A click of the keyboard counts no presses, and those of a mouse the browser counts itself.
        if (!isIgnored || event.detail < (isMouse ? 2 : 1)) return
        event.preventDefault()
        event.stopImmediatePropagation()
      },
      true,
    )
  }
}

function pressOf({ target, clientX: x, clientY: y, timeStamp: at }: PointerEvent): Press | undefined {
  return target instanceof Element ? { on: target.closest(PRESSABLE) ?? target, x, y, at } : undefined
}

function isSecondHalf(first: Press, second: Press, page: Document): boolean {
  if (second.at - first.at > SOON_MS) return false
  if (Math.hypot(second.x - first.x, second.y - first.y) > NEAR_PX) return false
  if (!first.on.matches(MOVES)) return false
  if (first.on === second.on) return first.on.matches('button')
  // Beside it, and it is still where it was: that press was aimed.
  const now = page.elementFromPoint(first.x, first.y)
  return !now || !first.on.contains(now)
}
