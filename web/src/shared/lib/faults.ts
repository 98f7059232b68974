// Answers what is marked as wrong on the page, by the name that a person reads, and shows what came of an action.

const MARKED = '.problem[role=alert]'
/** A group of choices is described only by what is wrong with it. */
const WRONG = '[aria-invalid="true"], fieldset[aria-describedby] input'
const CONTROL = '[aria-invalid="true"], input, textarea, select'

export interface Fault {
  label: string
  text: string
  control: HTMLElement | null
}

/** What the fields of a form complain about, from top to bottom. */
export function faultsIn(place: ParentNode): Fault[] {
  return [...place.querySelectorAll(MARKED)].map((mark) => {
    const field = mark.closest('.field, fieldset') ?? mark.parentElement
    const name = field?.querySelector('label, legend')
    return {
      // A label ends with its words about being optional.
      label: (name?.firstChild?.textContent?.trim() || name?.textContent?.trim()) ?? '',
      text: mark.textContent?.trim() ?? '',
      control: field?.querySelector<HTMLElement>(CONTROL) ?? null,
    }
  })
}

/** After the page has drawn what is wrong: the first of it gets the focus, and a screen reader its text. */
export function focusFirstFault() {
  requestAnimationFrame(() => topmost().querySelector<HTMLElement>(WRONG)?.focus())
}

/** Brings it before the eyes, and the screen reader to it, unless it is there already. */
export function showOutcome(outcome: HTMLElement | null | undefined) {
  if (!outcome) return
  const { top, bottom } = outcome.getBoundingClientRect()
  if (top >= 0 && Math.min(bottom, top + 80) <= window.innerHeight) return
  outcome.scrollIntoView({ block: 'start' })
  outcome.focus({ preventScroll: true })
}

/** A form in a dialog stands before the page behind it. */
function topmost(): ParentNode {
  const open = document.querySelectorAll('dialog[open]')
  return open[open.length - 1] ?? document
}
