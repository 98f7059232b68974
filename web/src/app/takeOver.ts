// Answers how a release that has arrived takes over this page.

const PATIENCE = 10_000

/** Lets a release that has arrived, or is just arriving, answer this page from now on. Without one it returns at once. */
export async function takeOverRelease(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const worker = registration?.waiting ?? registration?.installing
  if (!worker) return
  await new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE)
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
    if (worker.state === 'installed') worker.postMessage('take-over')
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed') worker.postMessage('take-over')
    })
  })
}
