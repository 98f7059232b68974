// Answers how it is proposed to end or replace a certificate: with a reason that everybody who verifies will see.
import { useQueryClient } from '@tanstack/vue-query'
import { useNewForm } from '@/shared/drafts/useNewForm'
import { useNewest } from '@/shared/decision/useAsRead'
import { useToast } from '@/shared/ui/useToast'
import { officeText } from '../messages'
import { certificateQueries, type Change } from './queries'

interface ReasonFormOptions<Values extends { reason: string }> {
  /** The draft's name: what is typed for one certificate is kept until it is proposed. */
  name: string
  /** What it is for, with whose certificate it is. */
  label: string
  values: () => Values
  send: (values: Values, context: { headers: { 'Idempotency-Key': string } }) => Promise<Change>
  close: () => void
}

export function useReasonForm<Values extends { reason: string }>(options: ReasonFormOptions<Values>) {
  const { t } = officeText
  const client = useQueryClient()
  const toast = useToast()
  const newest = useNewest(certificateQueries.all)
  return useNewForm<Values, Change>({
    name: options.name,
    label: options.label,
    values: options.values,
    check: ({ reason }) => ({ '/reason': reason.trim() ? undefined : t('reason.missing') }),
    send: (values, context) => newest.decide(() => options.send(values, context)),
    onDone: async ({ deciders }) => {
      if (deciders?.names.length === 0) toast.problem(t('change.proposed.nobody'))
      else toast.done(t('change.proposed.done'))
      await client.invalidateQueries({ queryKey: certificateQueries.all })
      options.close()
    },
  })
}
