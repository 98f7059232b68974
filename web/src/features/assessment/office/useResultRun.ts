// Computing the results, and ending the training with them: whoever does it too early is told what waits, and asked once more.
import { computed } from 'vue'
import { api, call, Problem } from '@/shared/api'
import { useAction } from '@/shared/api/useAction'
import { useNewest } from '@/shared/decision/useAsRead'
import { locale } from '@/shared/i18n'
import { useConfirm } from '@/shared/ui/useConfirm'
import { useToast } from '@/shared/ui/useToast'
import { officeText } from '../messages'

interface Input {
  confirm: boolean
  /** The version of the scheme that stood on the page when it was asked for. */
  read: number
  /** Each press is a run of its own; a retry of one that got lost is not. */
  press: number
}

const requests = {
  compute: (trainingId: string, { confirm, read }: Input, headers: Record<string, string>) =>
    api.POST('/api/v1/trainings/{training_id}/results/compute', {
      params: { path: { training_id: trainingId }, header: { 'If-Match': `"v${read}"` } },
      body: { confirm },
      headers,
    }),
  close: (trainingId: string, { confirm, read }: Input, headers: Record<string, string>) =>
    api.POST('/api/v1/trainings/{training_id}/close', {
      params: { path: { training_id: trainingId }, header: { 'If-Match': `"v${read}"` } },
      body: { confirm },
      headers,
    }),
}

/** `version` is that of the scheme which the page shows: nobody computes by rules that they have not seen. */
export function useResultRun(trainingId: () => string, kind: 'compute' | 'close', version: () => number) {
  const { t } = officeText
  const confirm = useConfirm()
  const toast = useToast()
  const newest = useNewest(['assessment', 'scheme'])
  let presses = 0
  const action = useAction({
    run: (input: Input, { headers }) =>
      newest.decide(() => call(requests[kind](trainingId(), input, headers))),
    refreshes: [
      ['assessment', 'results'],
      ['assessment', 'scheme'],
      ['training-plan', 'one'],
    ],
    onDone: (done) => {
      presses += 1
      toast.done(t(`results.${kind}.done`, { n: done.learners, passed: done.passed, changed: done.changed }))
    },
  })
  const problem = computed(() => (waits(action.error.value) ? null : action.error.value))

  /** `read` where a question came before: what stood on the page then. */
  async function run(read = version()) {
    try {
      await action.mutateAsync({ confirm: false, read, press: presses })
    } catch (cause) {
      const refused = Problem.from(cause)
      if (!waits(refused)) return
      const sure = await confirm({ ...question(refused), action: t(`results.${kind}.anyway`), danger: true })
      if (sure) action.mutate({ confirm: true, read, press: presses })
    }
  }

  /** The server says what is not over yet; the end of a training is for good, and says so for itself. */
  function question({ title, detail, document }: Problem) {
    if (kind === 'close') {
      const n = Number(document.extra?.waiting ?? 0)
      return { title: t('results.close.unread.title', { n }), text: t('results.close.unread.text', { n }) }
    }
    const text = [detail, t('results.compute.effects')].join(locale.value === 'en' ? ' ' : '')
    return { title, text }
  }

  return { run, error: problem, submittedAt: action.submittedAt, isPending: action.isPending }
}

function waits(problem: Problem | null) {
  return problem?.code === 'evaluation.not_over'
}
