// Answers how a player goes on when the address that it plays from has ended: another one is asked for, and playing goes on where it was.
import { nextTick, onScopeDispose, watch, type Ref } from 'vue'

/** What fails sooner than this after it was given out fails for another reason. */
const YOUNG = 60_000

export interface AddressQuery {
  dataUpdatedAt: Readonly<Ref<number>>
  refetch: () => Promise<unknown>
}

export function useRenewedVideo(video: Readonly<Ref<HTMLVideoElement | null>>, address: AddressQuery) {
  let isAsking = false

  async function renew(element: HTMLVideoElement) {
    if (isAsking || Date.now() - address.dataUpdatedAt.value < YOUNG) return
    isAsking = true
    const { currentTime, paused } = element
    // What was watched ends here; the new address begins at nought before it is wound on.
    element.pause()
    await address.refetch()
    await nextTick()
    isAsking = false
    element.addEventListener('loadedmetadata', () => (element.currentTime = currentTime), { once: true })
    element.load()
    // A browser may want to be asked once more by a hand.
    if (!paused) await element.play().catch(() => undefined)
  }

  const onError = (event: Event) => void renew(event.currentTarget as HTMLVideoElement)
  const listen = (now: HTMLVideoElement | null, before?: HTMLVideoElement | null) => {
    before?.removeEventListener('error', onError)
    now?.addEventListener('error', onError)
  }
  watch(video, listen, { immediate: true, flush: 'post' })
  onScopeDispose(() => listen(null, video.value))
}
