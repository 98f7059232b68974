import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ignoreDoublePresses } from './doublePress'

// The page's listeners are never taken off: one for all tests.
ignoreDoublePresses()
let heard: string[] = []

beforeEach(() => {
  document.body.innerHTML = ''
  heard = []
})
afterEach(() => vi.restoreAllMocks())

function part(tag: string, name: string): HTMLElement {
  const element = document.createElement(tag)
  element.addEventListener('click', () => heard.push(name))
  return document.body.appendChild(element)
}

function press(
  on: Element,
  { at, x = 100, y = 100, detail = 1 }: { at: number; x?: number; y?: number; detail?: number },
) {
  for (const kind of ['pointerdown', 'mousedown', 'click']) {
    const event = new MouseEvent(kind, { bubbles: true, cancelable: true, clientX: x, clientY: y, detail })
    Object.defineProperty(event, 'timeStamp', { value: at })
    on.dispatchEvent(event)
  }
}

/** What lies where the first press was, when the second one comes. */
function liesThere(element: Element | null) {
  vi.spyOn(document, 'elementFromPoint').mockReturnValue(element)
}

test('the second press of a double click does not reach what came under the pointer', () => {
  const next = part('button', 'next')
  const answer = part('label', 'answer')
  press(next, { at: 10_000 })
  liesThere(answer)
  press(answer, { at: 10_150 })
  expect(heard).toEqual(['next'])
  press(answer, { at: 10_500 })
  expect(heard).toEqual(['next', 'answer'])
})

test('the same button is not pressed twice by a double click, and again a moment later', () => {
  const send = part('button', 'send')
  press(send, { at: 20_000 })
  liesThere(send)
  press(send, { at: 20_200 })
  press(send, { at: 20_390 })
  expect(heard).toEqual(['send'])
  press(send, { at: 20_401 })
  expect(heard).toEqual(['send', 'send'])
})

test('who has typed in between means the next press', () => {
  const send = part('button', 'send')
  press(send, { at: 25_000 })
  liesThere(send)
  send.dispatchEvent(new Event('input', { bubbles: true }))
  press(send, { at: 25_200 })
  expect(heard).toEqual(['send', 'send'])
})

test.each([
  { what: 'another place', second: { at: 30_100, x: 130 } },
  { what: 'another moment', second: { at: 30_401 } },
])('a press at $what is meant', ({ second }) => {
  const next = part('button', 'next')
  const answer = part('label', 'answer')
  press(next, { at: 30_000 })
  liesThere(answer)
  press(answer, second)
  expect(heard).toEqual(['next', 'answer'])
})

test('a press beside a thing that is still there is meant', () => {
  const yes = part('label', 'yes')
  const no = part('label', 'no')
  press(yes, { at: 40_000 })
  liesThere(yes)
  press(no, { at: 40_100, x: 110 })
  expect(heard).toEqual(['yes', 'no'])
})

test('the keyboard is never ignored', () => {
  const next = part('button', 'next')
  const again = part('button', 'again')
  press(next, { at: 50_000 })
  liesThere(again)
  press(again, { at: 50_100 })
  again.click()
  expect(heard).toEqual(['next', 'again'])
})
