// Answers how a file reaches its assignment: sent once it is chosen, and held until it has arrived or is given up.
import { ref, shallowRef, watch } from 'vue'
import { Problem, type Schema } from '@/shared/api'
import { uploadFile } from '@/shared/api/files'
import { freshId } from '@/shared/lib/id'

export interface AttachmentOptions {
  taskId: string
  /** Which state of the attachment is on the screen: a file goes over no other. */
  seen: () => number
  take: (work: Schema<'SubmissionView'>) => void
  /** Another window changed the attachment: what is there now has to be shown. */
  onStale: () => void
}

export function useAttachment({ taskId, seen, take, onStale }: AttachmentOptions) {
  /** Chosen, and not at the server yet. */
  const chosen = shallowRef<File>()
  const sent = ref<number>()
  const problem = shallowRef<Problem>()
  let key = ''
  let over = 0
  let under: AbortController | undefined

  // Another choice, or none, takes the place of the one before.
  watch(chosen, () => {
    press()
    under?.abort()
    under = undefined
    sent.value = undefined
    problem.value = undefined
    if (chosen.value) void send()
  })

  function press() {
    key = freshId()
    over = seen()
  }

  /** Again under the same key and over what was seen then: the answer may be all that was lost. */
  function again() {
    // What another window put there has been shown since: this is another press, over that.
    if (problem.value?.code === 'edit.conflict') press()
    return send()
  }

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
        {
          key,
          ifMatch: `"v${over}"`,
          signal: mine.signal,
          onProgress: (fraction) => under === mine && (sent.value = fraction),
        },
      )
      if (under !== mine) return
      take(work)
      chosen.value = undefined
    } catch (cause) {
      if (under !== mine) return
      problem.value = Problem.from(cause)
      if (problem.value.code === 'edit.conflict') onStale()
    } finally {
      if (under === mine) sent.value = undefined
    }
  }

  function giveUp() {
    chosen.value = undefined
  }

  return { chosen, sent, problem, again, giveUp }
}
