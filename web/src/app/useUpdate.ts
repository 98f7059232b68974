// Answers whether a new version waits, and takes it over when the person says so.
import { onMounted, shallowRef } from 'vue'
import { takeOverRelease } from './takeOver'

export function useUpdate() {
  const isWaiting = shallowRef(false)

  function offer(worker: ServiceWorker | null) {
    // The very first worker replaces nothing: there is no old version to update.
    if (!worker || !navigator.serviceWorker.controller) return
    isWaiting.value = true
  }

  async function register() {
    const registration = await navigator.serviceWorker.register('/sw.js')
    offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(worker)
      })
    })
  }

  async function update() {
    await takeOverRelease()
    location.reload()
  }

  onMounted(() => {
    // Only a built application has a worker; registration may be forbidden, and nothing depends on it.
    if (import.meta.env.PROD && 'serviceWorker' in navigator) void register().catch(() => undefined)
  })

  return { isWaiting, update }
}
