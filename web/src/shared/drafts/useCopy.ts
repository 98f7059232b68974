// Answers how words leave the page by the device's own clipboard, and says when it does not take them.
import { useToast } from '@/shared/ui/useToast'
import { draftText } from './words'

export function useCopy() {
  const toast = useToast()
  return async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      toast.done(draftText.t('waiting.copied'))
    } catch {
      toast.problem(draftText.t('waiting.uncopied'))
    }
  }
}
