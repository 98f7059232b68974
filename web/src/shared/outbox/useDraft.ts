// Answers where unfinished typing is kept: on this device, saved at each pause, restored when the page opens again.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
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

  const ready = (async () => {
    const draft = await find('drafts', key)
    // Who has begun to type already is not overwritten by an older draft.
    if (!draft || pending) return
    value.value = draft.value as T
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
    if (!pending || !owner) return
    pending = false
    const at = Date.now()
    // A reactive proxy cannot be cloned into the database; a draft is plain data, so JSON loses nothing.
    const written = JSON.stringify(value.value)
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
    savedAt.value = undefined
    restored.value = false
    await drop('drafts', key)
  }

  const onHide = () => void save()
  document.addEventListener('visibilitychange', onHide)
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onHide)
    void save()
  })

  return { ready, restored, savedAt, save, clear }
}
