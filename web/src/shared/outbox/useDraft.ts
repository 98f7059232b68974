// Answers where unfinished typing is kept: on this device, saved at each pause, restored when the page opens again.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useSession } from '@/shared/session/session'
import { drop, find, keep } from './db'

const PAUSE = 600

/** Whether this device keeps something that somebody typed here and has neither sent nor given up. */
export async function isKept(name: string): Promise<boolean> {
  return (await find('drafts', keyOf(useSession().personId, name))) !== undefined
}

function keyOf(owner: string | undefined, name: string): string {
  return `${owner ?? 'nobody'}/${name}`
}

/**
 * `const draft = useDraft('reflection:' + taskId, text)`; call `draft.clear()` once the text is handed in. What the page begins with is
 * nothing to keep, and who signs out is not asked about it; `isBlank` says so where the beginning changes.
 */
export function useDraft<T>(name: string, value: Ref<T>, isBlank?: () => boolean) {
  const session = useSession()
  // Whose draft it is does not change with who signs in meanwhile.
  const owner = session.personId
  const key = keyOf(owner, name)
  const blank = JSON.stringify(value.value)
  const restored = ref(false)
  const savedAt = ref<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending = false
  /** What the device has, or what needs no keeping. */
  let settled = blank

  const ready = (async () => {
    const draft = await find('drafts', key)
    // Who has begun to type already is not overwritten by an older draft.
    if (!draft || pending) return
    value.value = draft.value as T
    // What can be written again is counted again.
    if (draft.isStranded) await keep('drafts', { ...draft, isStranded: undefined })
    settled = JSON.stringify(value.value)
    savedAt.value = draft.at
    restored.value = true
  })()

  const stop = watch(
    value,
    () => {
      pending = true
      clearTimeout(timer)
      timer = setTimeout(() => void save(), PAUSE)
    },
    { deep: true },
  )

  async function save() {
    // A reactive proxy cannot be cloned into the database; a draft is plain data, so JSON loses nothing.
    const written = JSON.stringify(value.value)
    if (written === settled || !owner) return
    pending = false
    settled = written
    const at = Date.now()
    if (isBlank ? isBlank() : written === blank) {
      savedAt.value = undefined
      return drop('drafts', key)
    }
    await keep('drafts', { key, user: owner, value: JSON.parse(written) as unknown, at })
    savedAt.value = at
  }

  async function clear() {
    clearTimeout(timer)
    pending = false
    settled = JSON.stringify(value.value)
    savedAt.value = undefined
    restored.value = false
    await drop('drafts', key)
  }

  /** Kept to be read, and no longer counted among what waits. */
  async function strand() {
    if (!owner) return
    settled = JSON.stringify(value.value)
    const at = savedAt.value ?? Date.now()
    await keep('drafts', { key, user: owner, value: JSON.parse(settled) as unknown, at, isStranded: true })
  }

  const onHide = () => void save()
  document.addEventListener('visibilitychange', onHide)
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onHide)
    void save()
  })

  return { ready, restored, savedAt, save, strand, clear }
}

/** What is kept under this name, where nothing takes it any more: it stays to be read, and is not counted among what waits. */
export function useStranded(name: string) {
  const key = keyOf(useSession().personId, name)
  const kept = shallowRef<unknown>()
  void find('drafts', key).then(async (draft) => {
    if (!draft) return
    kept.value = draft.value
    await keep('drafts', { ...draft, isStranded: true })
  })

  async function giveUp() {
    kept.value = undefined
    await drop('drafts', key)
  }

  return { kept, drop: giveUp }
}
