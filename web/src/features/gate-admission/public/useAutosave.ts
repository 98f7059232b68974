// Answers how an application is kept while it is written: on the device at once, on the server at each pause, and again when
// the network is back. Nothing typed is lost, and nothing of another device is overwritten silently.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { api, call, Problem } from '@/shared/api'
import { useDraft } from '@/shared/outbox/useDraft'
import type { Answers, MyApplication } from './queries'

const PAUSE = 1_000
const AGAIN = 5_000

export type SaveState = 'saved' | 'typing' | 'saving' | 'waiting' | 'conflict' | 'failed'

export interface AutosaveOptions {
  trainingId: string
  answers: Ref<Answers>
  /** The version that the server gave with these answers. */
  version: number
  onSaved?: (application: MyApplication) => void
}

export function useAutosave({ trainingId, answers, version: first, onSaved }: AutosaveOptions) {
  const state = ref<SaveState>('saved')
  const problem = shallowRef<Problem>()
  // The device keeps with the text which version it was written over.
  const kept = ref({ version: first, answers: answers.value })
  const draft = useDraft(`application:${trainingId}`, kept)
  const params = { path: { training_id: trainingId } }
  let version = first
  let sent = written()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | undefined

  const ready = draft.ready.then(() => {
    if (!draft.restored.value) return
    // Written over an older version, and the server has another since: the person decides.
    if (kept.value.version !== first) state.value = 'conflict'
    answers.value = kept.value.answers
  })

  watch(
    answers,
    () => {
      if (written() === sent) return
      kept.value = { version, answers: answers.value }
      if (state.value === 'conflict') return
      state.value = 'typing'
      later(PAUSE)
    },
    { deep: true },
  )

  /** True once the server has what is on the screen. */
  function save(): Promise<boolean> {
    running ??= send().finally(() => (running = undefined))
    return running
  }

  async function send(): Promise<boolean> {
    clearTimeout(timer)
    while (written() !== sent) {
      const body = written()
      state.value = 'saving'
      try {
        const header = { 'If-Match': `"v${version}"` }
        const saved = await call(
          api.PUT('/api/v1/trainings/{training_id}/my-application', {
            params: { ...params, header },
            body: JSON.parse(body) as Answers,
          }),
        )
        version = saved.version
        sent = body
        onSaved?.(saved)
      } catch (cause) {
        take(Problem.from(cause))
        return false
      }
    }
    problem.value = undefined
    state.value = 'saved'
    // The server has it now; an old copy here must not win over what another device writes later.
    await draft.clear()
    return true
  }

  function take(next: Problem) {
    problem.value = next
    if (next.status === 412) state.value = 'conflict'
    else if (next.mayPass) {
      state.value = 'waiting'
      later(AGAIN)
    } else state.value = 'failed'
  }

  /** After a conflict: keep what is on this device, or take what the server has. */
  async function settle(keep: 'mine' | 'theirs') {
    try {
      const current = await call(api.GET('/api/v1/trainings/{training_id}/my-application', { params }))
      version = current.version
      sent = JSON.stringify(current.answers)
      state.value = 'typing'
      if (keep === 'theirs') answers.value = current.answers
    } catch (cause) {
      problem.value = Problem.from(cause)
      return
    }
    await save()
  }

  function later(pause: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), pause)
  }

  function written(): string {
    return JSON.stringify(answers.value)
  }

  const onOnline = () => {
    if (state.value === 'waiting') void save()
  }
  const onHide = () => {
    if (document.visibilityState === 'hidden' && state.value === 'typing') void save()
  }
  window.addEventListener('online', onOnline)
  document.addEventListener('visibilitychange', onHide)
  onScopeDispose(() => {
    window.removeEventListener('online', onOnline)
    document.removeEventListener('visibilitychange', onHide)
    clearTimeout(timer)
    if (state.value === 'typing') void save()
  })

  return { state, problem, save, settle, ready }
}
