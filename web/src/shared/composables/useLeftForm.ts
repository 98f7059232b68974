// Answers what becomes of a form when its person's session ends under it, in another tab or at the server: what was typed is kept on
// this device for that person, and offered when they open the form again. A form that shows a secret is never kept.
import { inject, onScopeDispose, provide, watch, type InjectionKey } from 'vue'
import { routeLocationKey } from 'vue-router'
import { draftText } from '@/shared/drafts/words'
import { pageTitle } from '@/shared/lib/pageTitle'
import { likelyNow, serverNow } from '@/shared/lib/serverClock'
import { useSession } from '@/shared/session/session'
import { tokens } from '@/shared/session/token'
import { useConfirm } from '@/shared/ui/useConfirm'

const PREFIX = 'lingxue.form/'
const LIFE = 12 * 3600_000

/** An input of a password or a code says so to the form around it. */
export const secretKey: InjectionKey<() => void> = Symbol('secret')

export interface LeftFormOptions {
  /** What is typed, as JSON. */
  read: () => string
  isDirty: () => boolean
  fill: (values: object) => void
}

/** How many forms that begin alike stand on one page. */
const alike = new Map<string, number>()
/** One question after the other. */
let asking: Promise<unknown> = Promise.resolve()

export function useLeftForm({ read, isDirty, fill }: LeftFormOptions) {
  const session = useSession()
  const owner = session.personId
  /** The session of who typed here is over: nobody is asked whether to stay. */
  const isOver = () => session.personId !== owner
  let isSecret = false
  provide(secretKey, () => (isSecret = true))
  if (!owner) return { forget: () => undefined, isOver: () => false }

  const from = read()
  const page = inject(routeLocationKey, undefined)?.path ?? ''
  const form = `${page} ${from}`
  const nth = alike.get(form) ?? 0
  alike.set(form, nth + 1)
  const key = `${PREFIX}${owner}${form}${nth}`
  const forget = () => store(key, undefined)

  function keep() {
    if (!isDirty() || isSecret) return
    store(key, JSON.stringify({ at: likelyNow(), values: read(), from, page, title: pageTitle() }))
  }
  // At once: the page is on its way to the sign-in.
  const stop = watch(
    () => session.personId,
    (now) => now !== owner && keep(),
    { flush: 'sync' },
  )
  const onHide = () => {
    if (tokens.personId !== undefined && tokens.personId !== owner) keep()
  }
  window.addEventListener('pagehide', onHide)
  onScopeDispose(() => {
    stop()
    window.removeEventListener('pagehide', onHide)
    alike.set(form, (alike.get(form) ?? 1) - 1)
  })

  prune()
  const found = stored(key)
  if (found) asking = asking.then(() => offer(JSON.parse(found.values) as object))

  async function offer(values: object) {
    const { t } = draftText
    const confirm = useConfirm()
    if (await confirm({ title: t('left.title'), text: t('left.text'), action: t('left.fill') })) fill(values)
    // Only who says so loses it: a slip of the finger leaves it for the next time.
    else if (await confirm({ title: t('left.drop.title'), action: t('left.drop'), danger: true })) forget()
  }

  return { forget, isOver }
}

export interface LeftForm {
  at: number
  /** What was typed, and what the form began with, as JSON. */
  values: string
  from: string
  title: string
  page: string
  drop: () => void
}

/** All that was kept so for one person. */
export function leftForms(owner: string): LeftForm[] {
  try {
    prune()
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + owner))
    return keys.map((key) => ({
      ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Omit<LeftForm, 'drop'>),
      drop: () => store(key, undefined),
    }))
  } catch {
    return []
  }
}

function prune() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !stored(key)) localStorage.removeItem(key)
    }
  } catch {
    // A WebView may forbid storage; then nothing is kept.
  }
}

function stored(key: string): { values: string } | undefined {
  try {
    const { at, values } = JSON.parse(localStorage.getItem(key) ?? '{}') as { at?: number; values?: string }
    // This device's clock may be set meanwhile: only the server's says that the time is up.
    const isOver = (serverNow() ?? 0) - (at ?? 0) > LIFE
    return values !== undefined && !isOver ? { values } : undefined
  } catch {
    return undefined
  }
}

function store(key: string, value: string | undefined) {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // See `prune`.
  }
}
