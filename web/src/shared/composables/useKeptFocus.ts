// Answers where the focus goes when what had it is taken away by its own press: to the heading of what stood around it, so that whoever
// works by keyboard or ear goes on from there and not from the top of the page.
import { onScopeDispose } from 'vue'

export function useKeptFocus() {
  /** What had the focus last, and all around it. */
  let path: Element[] = []

  function note({ target }: FocusEvent) {
    path = []
    for (let at = target as Element | null; at; at = at.parentElement) path.push(at)
  }

  function look() {
    const [last] = path
    if (!last || last.isConnected || document.activeElement !== document.body) return
    const near = path.find((place) => place.isConnected && headingIn(place))
    const heading = near && headingIn(near)
    path = []
    if (!heading) return
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }

  const watcher = new MutationObserver(look)
  watcher.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', note)
  onScopeDispose(() => {
    watcher.disconnect()
    document.removeEventListener('focusin', note)
  })
}

/** A title that the reader sees: what stands in a closed dialog is not drawn. */
function headingIn(place: Element): HTMLElement | undefined {
  return [...place.querySelectorAll<HTMLElement>('h1, h2, h3, legend')].find(
    (heading) => !heading.closest('dialog:not([open])'),
  )
}
