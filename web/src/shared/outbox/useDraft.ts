// Answers where unfinished typing is kept: on this device, saved at each pause, restored when the page opens again. Another window of
// the same person is followed while nothing is typed here; what was typed in both stands side by side until the person has chosen.
import { hasInjectionContext, inject, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { routeLocationKey } from 'vue-router'
import type { Keep } from '@/shared/drafts/serverDraft'
import { freshId } from '@/shared/lib/id'
import { pageTitle } from '@/shared/lib/pageTitle'
import { useSession } from '@/shared/session/session'
import { drop, keep, onLate, type Draft } from './db'
import { typedWords } from './typed'
import {
  covers,
  dropSeen,
  keyOf,
  listen,
  newest,
  rename,
  rowKey,
  rowsOf,
  tell,
  within,
  type News,
  type Seen,
} from './windows'

const PAUSE = 600

export interface DraftOptions<T> {
  /** Nothing to keep, where the beginning changes. */
  isBlank?: () => boolean
  /** What of it a person typed: two that say the same are one. */
  words?: (value: T) => unknown
  /** Another window went on from here, and its words are on the screen now. */
  onFollow?: () => void
  /** Another window has settled what is here: the server has it as `held`, or it was given up. With `isMore`, ours go on from it. */
  onSettled?: (held: unknown, isMore: boolean) => void
  /** One that holds both. */
  join?: (mine: T, theirs: T) => T
  /** What it is for, where the page's title does not say it, as in a dialog. */
  label?: string
  /** Its words, where they are shown away from its page. */
  text?: (value: T) => string
  /** Its page saves it by itself. */
  savesItself?: boolean
  /** The name under which an earlier version kept it. */
  formerly?: string
}

/** Whether this device keeps something that somebody typed here and has neither sent nor given up. */
export async function isKept(name: string): Promise<boolean> {
  const owner = useSession().personId
  return owner !== undefined && (await rowsOf(owner, keyOf(owner, name))).length > 0
}

/**
 * `const draft = useDraft('reflection:' + taskId, text)`; call `draft.clear()` once the text is handed in. What the page begins with is
 * nothing to keep, and who signs out is not asked about it.
 */
export function useDraft<T>(name: string, value: Ref<T>, options: DraftOptions<T> = {}) {
  const session = useSession()
  // Whose draft it is does not change with who signs in meanwhile.
  const owner = session.personId
  const key = keyOf(owner, name)
  const window = freshId()
  const own = rowKey(key, window)
  const blank = JSON.stringify(value.value)
  const page = hasInjectionContext() ? inject(routeLocationKey, undefined)?.fullPath : undefined
  /** As it was while somebody typed: a page that is left has given its title away. */
  let title = pageTitle()
  const restored = ref(false)
  const savedAt = ref<number>()
  /** What another window keeps, written beside what is here. */
  const rival = shallowRef<T>()
  let beside: Draft | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What the device has, or what needs no keeping. */
  let settled = blank
  /** The words that were followed last, and those that were kept last. */
  let base = ''
  let last = ''
  let n = 0
  let isWritten = false
  let seen: Seen = {}
  let isClosed = false
  const deafen = listen(key, window, hear)

  const ready = (async () => {
    if (!owner) return
    if (options.formerly) await rename(owner, keyOf(owner, options.formerly), key)
    const found = newest(await rowsOf(owner, key))
    // Who has begun to type already is not overwritten by an older draft.
    if (found[0] && !isWritten && !hasTyped()) {
      takeUp(found[0])
      // What can be written again is counted again.
      if (found[0].isStranded) await keep('drafts', { ...found[0], isStranded: undefined })
    }
    await compare()
  })()

  // What could not be asked is not nothing: an older draft comes up, or stands beside what was typed meanwhile.
  onLate(() => ready.then(compare))

  const stop = watch(
    value,
    () => {
      clearTimeout(timer)
      title = pageTitle()
      timer = setTimeout(() => void save(), PAUSE)
    },
    { deep: true },
  )

  function hasTyped(): boolean {
    return JSON.stringify(value.value) !== settled
  }

  function here(): Seen {
    return isWritten ? { ...seen, [window]: n } : seen
  }

  function takeUp(row: Draft) {
    seen = within(row)
    base = last = said(row.value as T)
    value.value = JSON.parse(JSON.stringify(row.value)) as T
    settled = JSON.stringify(value.value)
    savedAt.value = row.at
    restored.value = true
  }

  async function save() {
    // A reactive proxy cannot be cloned into the database; a draft is plain data, so JSON loses nothing.
    const written = JSON.stringify(value.value)
    if (written === settled || !owner) return
    settled = written
    if (options.isBlank ? options.isBlank() : written === blank) {
      savedAt.value = undefined
      return forget()
    }
    await write()
  }

  async function write(isStranded?: boolean) {
    if (!owner) return
    const at = isStranded ? (savedAt.value ?? Date.now()) : Date.now()
    n += 1
    isWritten = true
    const value = JSON.parse(settled) as T
    last = said(value)
    const { label, savesItself, text = (one: T) => typedWords(one, JSON.parse(blank)) } = options
    const shown = { label, title, page, savesItself, text: text(value) }
    await keep('drafts', { key: own, user: owner, value, at, window, n, seen, isStranded, shown })
    savedAt.value = at
    tell({ key, window, kind: 'written' })
    await compare()
  }

  /** With what the other windows keep: older words go, newer ones are followed, and others stand beside ours. */
  async function compare() {
    const others = (await rowsOf(owner ?? '', key)).filter((row) => row.window !== window)
    const mine = here()
    if (isWritten) for (const row of others) if (covers(mine, within(row))) await dropSeen(row)
    const [other] = newest(others).filter((row) => !covers(mine, within(row)))
    if (!other || isClosed) return oppose(undefined)
    const words = said(other.value as T)
    const isNext = covers(within(other), mine)
    if (isNext && !hasTyped()) {
      takeUp(other)
      oppose(undefined)
      options.onFollow?.()
    } else if (words === said(value.value) || words === base) {
      // The same, or what ours go on from, kept once more.
      seen = { ...seen, ...within(other) }
      await compare()
    } else if (isNext) {
      // Kept first: then it stands beside the other, whatever happens to this window.
      await save()
    } else oppose(other)
  }

  function said(one: T): string {
    return JSON.stringify(options.words ? options.words(one) : one)
  }

  function oppose(other: Draft | undefined) {
    beside = other
    rival.value = other?.value as T | undefined
  }

  /** The person has read both. */
  async function settle(choice: Keep) {
    if (!beside) return
    const theirs = JSON.parse(JSON.stringify(beside.value)) as T
    if (choice === 'theirs') value.value = theirs
    if (choice === 'both' && options.join) value.value = options.join(value.value, theirs)
    seen = { ...seen, ...within(beside) }
    oppose(undefined)
    settled = JSON.stringify(value.value)
    await write()
  }

  function hear(news: News) {
    const mine = here()
    if (news.kind === 'written' || Object.keys(mine).length === 0) return compare()
    if (hasTyped() || !covers(news.seen, mine)) {
      if ([base, last].includes(news.words)) options.onSettled?.(news.held, true)
      return compare()
    }
    begin()
    if (options.onSettled) options.onSettled(news.held, false)
    else value.value = JSON.parse(blank) as T
    settled = JSON.stringify(value.value)
  }

  /** Nothing of what is on the screen is kept. */
  function begin() {
    clearTimeout(timer)
    oppose(undefined)
    seen = {}
    isWritten = false
    savedAt.value = undefined
    restored.value = false
  }

  /** `held` tells the other windows what the server has now. */
  async function clear(held?: unknown) {
    settled = JSON.stringify(value.value)
    await forget(held)
  }

  async function forget(held?: unknown) {
    const mine = here()
    begin()
    if (!owner || Object.keys(mine).length === 0) return
    const rows = (await rowsOf(owner, key)).filter((row) => covers(mine, within(row)))
    for (const row of rows) await dropSeen(row)
    tell({ key, window, kind: 'cleared', seen: mine, words: last, held })
  }

  /** Kept to be read, and no longer counted among what waits. */
  async function strand() {
    settled = JSON.stringify(value.value)
    await write(true)
  }

  const onShown = () => void (document.visibilityState === 'hidden' ? save() : compare())
  document.addEventListener('visibilitychange', onShown)
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onShown)
    isClosed = true
    deafen()
    void save()
  })

  return { ready, restored, savedAt, rival, settle, save, strand, clear }
}

/**
 * What is kept under this name, or was by an earlier version under another, where nothing takes it any more: it stays to be read, and is
 * not counted among what waits.
 */
export function useStranded(name: string, formerly?: string) {
  const owner = useSession().personId
  const kept = shallowRef<unknown>()
  const key = keyOf(owner, name)
  const rows = owner ? found(owner) : Promise.resolve([])

  async function found(owner: string) {
    if (formerly) await rename(owner, keyOf(owner, formerly), key)
    return rowsOf(owner, key)
  }

  void rows.then(async (found) => {
    kept.value = newest(found)[0]?.value
    for (const row of found) await keep('drafts', { ...row, isStranded: true })
  })

  async function giveUp() {
    kept.value = undefined
    for (const { key } of await rows) await drop('drafts', key)
  }

  return { kept, drop: giveUp }
}
