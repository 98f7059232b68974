// Answers how a file reaches its assignment: sent once it is chosen, and held until it has arrived or is given up. Its name stays on the
// device meanwhile: where the page is left before, the file is gone, and that is said.
import { computed, ref, shallowRef, watch } from 'vue'
import { Problem, type Schema } from '@/shared/api'
import { uploadFile } from '@/shared/api/files'
import { freshId } from '@/shared/lib/id'
import { useDraft } from '@/shared/outbox/useDraft'
import { learnText } from '../messages'

const MOST_MB = 20

export interface AttachmentOptions {
  taskId: string
  /** What the server has for the next hand-in. */
  held: () => Schema<'SubmissionView'>['draft_file']
  /** Which state of the attachment is on the screen: a file goes over no other. */
  seen: () => number
  take: (work: Schema<'SubmissionView'>) => void
  /** Another window changed the attachment: what is there now has to be shown. */
  onStale: () => void
}

export function useAttachment({ taskId, held, seen, take, onStale }: AttachmentOptions) {
  /** Chosen, and not at the server yet. */
  const chosen = shallowRef<File>()
  const sent = ref<number>()
  const problem = shallowRef<Problem>()
  /** The one that was chosen, and what it goes over; empty once it has arrived or nobody wants it. */
  const unsent = ref({ name: '', over: 0 })
  const kept = useDraft(`attachment:${taskId}`, unsent, {
    label: learnText.t('work.file.one'),
    text: ({ name }) => name,
  })
  /** Chosen on a page that was left before it had arrived. */
  const lost = computed(() => (chosen.value ? '' : unsent.value.name))
  // It may have arrived though nobody was there to hear of it.
  watch(
    [lost, held],
    ([name, now]) => name !== '' && now?.name === name && seen() > unsent.value.over && note('', 0),
    { immediate: true },
  )
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
    note(chosen.value?.name ?? '', chosen.value ? over : 0)
    if (chosen.value) void send()
  })

  function note(name: string, over: number) {
    unsent.value = { name, over }
    void kept.save()
  }

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
          mostMb: MOST_MB,
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
    note('', 0)
  }

  return { chosen, lost, sent, problem, again, giveUp }
}
