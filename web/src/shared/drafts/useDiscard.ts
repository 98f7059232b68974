// Answers how a writing that waits in the outbox is given up: after a question, and then it is nowhere.
import { common } from '@/shared/i18n/common'
import type { OutboxItem } from '@/shared/outbox/db'
import { useMending } from '@/shared/outbox/mending'
import { useConfirm } from '@/shared/ui/useConfirm'
import { draftText } from './words'

export function useDiscard() {
  const { t } = draftText
  const outbox = useMending()
  const confirm = useConfirm()
  return async (item: OutboxItem) => {
    const question = {
      title: t('waiting.drop', { label: item.label }),
      text: t('waiting.drop.text'),
      action: common.t('drop'),
      danger: true,
    }
    if (await confirm(question)) await outbox.dropItem(item)
  }
}
