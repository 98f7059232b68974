// Answers how somebody gives up what they typed over a thing that is saved: asked first, as it is nowhere else.
import { useConfirm } from '@/shared/ui/useConfirm'
import { draftText } from './words'

interface Typed {
  readonly isDirty: boolean
  discard: () => Promise<void>
}

/** `const giveUp = useGiveUp(form)`; it answers whether nothing typed is left. */
export function useGiveUp(form: Typed) {
  const { t } = draftText
  const confirm = useConfirm()

  return async (): Promise<boolean> => {
    const question = {
      title: t('giveUp.ask'),
      text: t('waiting.drop.text'),
      action: t('giveUp'),
      danger: true,
    }
    if (form.isDirty && !(await confirm(question))) return false
    await form.discard()
    return true
  }
}
