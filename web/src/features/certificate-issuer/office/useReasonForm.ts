// Answers how a certificate is ended or replaced: with a reason that everybody who verifies will see.
import { useQueryClient } from '@tanstack/vue-query'
import { useForm } from '@/shared/composables/useForm'
import { useToast } from '@/shared/ui/useToast'
import { officeText } from '../messages'
import { certificateQueries } from './queries'

interface ReasonFormOptions<Values extends { reason: string }> {
  values: () => Values
  send: (values: Values, context: { headers: { 'Idempotency-Key': string } }) => Promise<unknown>
  /** Said when it worked, before the dialog closes. */
  done: string
  close: () => void
}

export function useReasonForm<Values extends { reason: string }>(options: ReasonFormOptions<Values>) {
  const { t } = officeText
  const client = useQueryClient()
  const toast = useToast()
  return useForm<Values, unknown>({
    values: options.values,
    check: ({ reason }) => ({ '/reason': reason.trim() ? undefined : t('reason.missing') }),
    send: options.send,
    onDone: async () => {
      toast.done(options.done)
      await client.invalidateQueries({ queryKey: certificateQueries.all })
      options.close()
    },
    guard: false,
  })
}
