// Answers when a part of the application that did not come is asked for again: after a growing pause, when there is a network, and
// at once when somebody was asked something, for the question is in it.
import { watch } from 'vue'
import { asked } from '@/shared/ui/useConfirm'

const LONGEST_PAUSE = 60_000

/** For `defineAsyncComponent({ onError })`. */
export function tryAgain(_cause: Error, retry: () => void, _give: () => void, attempts: number) {
  const again = () => {
    clearTimeout(timer)
    removeEventListener('online', again)
    stop()
    retry()
  }
  const timer = setTimeout(again, Math.min(1000 * 2 ** attempts, LONGEST_PAUSE))
  addEventListener('online', again)
  const stop = watch(asked, (question) => question && again())
}
