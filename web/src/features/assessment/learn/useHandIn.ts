// Answers how an attempt is handed in, with what has not arrived yet.
import { api, call, type Schema } from '@/shared/api'
import { useAction } from '@/shared/api/useAction'
import type { Sent, useAttempt } from './useAttempt'

type Attempt = Schema<'AttemptView'>

export function useHandIn(
  attempt: () => Attempt,
  { mine, unsent, letGo }: Pick<ReturnType<typeof useAttempt>, 'mine' | 'unsent' | 'letGo'>,
  onDone: (result: Attempt) => void,
) {
  let brought: typeof mine.value = []
  const submit = useAction({
    run: (answers: Sent[], { headers }) =>
      call(
        api.POST('/api/v1/attempts/{attempt_id}/submit', {
          params: { path: { attempt_id: attempt().id } },
          body: { answers },
          headers,
        }),
      ),
    onDone: async (result) => {
      await letGo(brought)
      onDone(result)
    },
  })
  function send() {
    if (submit.isPending.value) return
    brought = mine.value
    submit.mutate(unsent())
  }
  return { submit, send }
}
