// Answers whether somebody may be signed out now: what they wrote and could not send is not left behind unasked.
import { common } from '@/shared/i18n/common'
import { draftText } from '@/shared/drafts/words'
import { unsent } from '@/shared/outbox/db'
import { useConfirm } from '@/shared/ui/useConfirm'

/** `question` is asked in any case. */
export async function mayLeave(
  personId: string | undefined,
  question?: { title: string; text: string },
): Promise<boolean> {
  const n = personId ? await unsent(personId) : 0
  if (n === 0 && !question) return true
  return useConfirm()({
    title: question?.title ?? draftText.t('leave.title', { n }),
    text: [question?.text, n > 0 ? draftText.t('leave.text', { n }) : ''].filter(Boolean).join(' '),
    action: common.t('signOut'),
    danger: true,
  })
}
