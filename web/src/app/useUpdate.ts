// Answers whether a new version waits, and takes it over when the person says so.
import { onMounted, shallowRef } from 'vue'

export function useUpdate() {
  const waiting = shallowRef<ServiceWorker | null>(null)
  const isWaiting = shallowRef(false)

  function offer(worker: ServiceWorker | null) {
    // The very first worker replaces nothing: there is no old version to update.
    if (!worker || !navigator.serviceWorker.controller) return
    waiting.value = worker
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

  function update() {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    waiting.value?.postMessage('take-over')
  }

  onMounted(() => {
    // Only a built application has a worker; registration may be forbidden, and nothing depends on it.
    if (import.meta.env.PROD && 'serviceWorker' in navigator) void register().catch(() => undefined)
  })

  return { isWaiting, update }
}
