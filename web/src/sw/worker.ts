// Answers requests when the network does not: the learner's pages from the release at hand, nothing of the API.
// `__RELEASE__` and `__FILES__` are filled in by the build (vite-plugins/service-worker.ts).
declare const __RELEASE__: string
declare const __FILES__: string[]

interface Waitable extends Event {
  waitUntil(promise: Promise<unknown>): void
}
interface Fetching extends Waitable {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
interface Worker extends EventTarget {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
}

const worker = self as unknown as Worker
const RELEASE = `lingxue-${__RELEASE__}`
/** A network that swallows a request says nothing for minutes; a part of the application on a weak one comes within this. */
const COMES_WITHIN = 60_000

worker.addEventListener('install', (event) => {
  ;(event as Waitable).waitUntil(caches.open(RELEASE).then((cache) => cache.addAll(__FILES__)))
})

worker.addEventListener('activate', (event) => {
  ;(event as Waitable).waitUntil(forgetOldReleases().then(() => worker.clients.claim()))
})

// Only the page knows when nobody is in the middle of something.
worker.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'take-over') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { request } = event as Fetching
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (!/^\/(api|blob|healthz|readyz|metrics)(\/|$)/.test(url.pathname))
      (event as Fetching).respondWith(page(request))
  } else if (url.pathname.startsWith('/assets/') || __FILES__.includes(url.pathname)) {
    ;(event as Fetching).respondWith(file(request))
  }
})

/** Every address is the same document; the one of this release fits the files at hand. */
async function page(request: Request): Promise<Response> {
  return (await caches.match('/', { cacheName: RELEASE })) ?? within(COMES_WITHIN, fetch(request))
}

/** File names carry their hash: what was fetched once never changes. */
async function file(request: Request): Promise<Response> {
  // The address says it all; a `Vary` of the server must not hide what is here.
  const kept = await caches.match(request.url, { ignoreVary: true })
  return kept ?? within(COMES_WITHIN, bring(request))
}

/** The whole of it: a body that stops in the middle is no file. */
async function bring(request: Request): Promise<Response> {
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(RELEASE)
    // A full device keeps nothing, and shows the page all the same.
    await cache.put(request, response.clone()).catch(() => undefined)
  }
  return response
}

/** The worker is one file of its own, and has this from nowhere. */
function within(ms: number, answer: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TypeError('no answer')), ms)
    void answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function forgetOldReleases(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('lingxue-') && name !== RELEASE) await caches.delete(name)
  }
}

export {}
