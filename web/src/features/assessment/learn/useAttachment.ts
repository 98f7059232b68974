// Answers how a file reaches its assignment: sent once it is chosen, and held until it has arrived or is given up.
import { ref, shallowRef, watch } from 'vue'
import { Problem, type Schema } from '@/shared/api'
import { uploadFile } from '@/shared/api/files'
import { freshId } from '@/shared/lib/id'

export function useAttachment(taskId: string, take: (work: Schema<'SubmissionView'>) => void) {
  /** Chosen, and not at the server yet. */
  const chosen = shallowRef<File>()
  const sent = ref<number>()
  const problem = shallowRef<Problem>()
  let key = ''
  let under: AbortController | undefined

  // Another choice, or none, takes the place of the one before.
  watch(chosen, () => {
    key = freshId()
    under?.abort()
    under = undefined
    sent.value = undefined
    problem.value = undefined
    if (chosen.value) void send()
  })

  /** Again under the same key: the answer may be all that was lost. */
  async function send() {
    const file = chosen.value
    if (!file || sent.value !== undefined) return
    const mine = new AbortController()
    under = mine
    problem.value = undefined
    sent.value = 0
    try {
      const work = await uploadFile<Schema<'SubmissionView'>>(
        `/api/v1/tasks/${taskId}/submission/file`,
        file,
        { key, signal: mine.signal, onProgress: (fraction) => under === mine && (sent.value = fraction) },
      )
      if (under !== mine) return
      take(work)
      chosen.value = undefined
    } catch (cause) {
      if (under === mine) problem.value = Problem.from(cause)
    } finally {
      if (under === mine) sent.value = undefined
    }
  }

  function giveUp() {
    chosen.value = undefined
  }

  return { chosen, sent, problem, send, giveUp }
}
