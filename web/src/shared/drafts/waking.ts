// Answers when a draft that sends itself is sent: after a rest, when the network is back, when the page is hidden or left.
import { onScopeDispose } from 'vue'

export interface WakingOptions {
  send: () => unknown
  /** Something waits for a network. */
  isWaiting: () => boolean
  /** Something is typed that was not sent yet. */
  isTyping: () => boolean
}

/** Nothing of it happens to a draft that is sent by hand: it only has the timer, which nobody sets. */
export function useWaking(isByHand: boolean, { send, isWaiting, isTyping }: WakingOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  function later(after: number) {
    // A page that is gone tries nothing again: what it could not send is kept on the device for its person.
    if (isByHand || isOver) return
    rest()
    timer = setTimeout(send, after)
  }

  function rest() {
    clearTimeout(timer)
  }

  const onOnline = () => {
    if (isWaiting()) send()
  }
  const onHide = () => {
    if (document.visibilityState === 'hidden' && isTyping()) send()
  }
  if (!isByHand) {
    window.addEventListener('online', onOnline)
    document.addEventListener('visibilitychange', onHide)
    onScopeDispose(() => {
      window.removeEventListener('online', onOnline)
      document.removeEventListener('visibilitychange', onHide)
      rest()
      isOver = true
      if (isTyping()) send()
    })
  }

  return { later, rest }
}
