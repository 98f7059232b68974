// Answers how words leave the page by the device's own clipboard, and says when it does not take them.
import { useToast } from '@/shared/ui/useToast'
import { draftText } from './words'

export function useCopy() {
  const toast = useToast()
  /** Whether the clipboard has it now. */
  return async (text: string): Promise<boolean> => {
    try {
      await navigator.clipboard.writeText(text)
      toast.done(draftText.t('waiting.copied'))
      return true
    } catch {
      toast.problem(draftText.t('waiting.uncopied'))
      return false
    }
  }
}
