// The first visit of *This week* on a cheap phone and a weak line: a session, nothing else on the device. Prints a list with one entry for
// each visit: milliseconds from asking for the page until its tasks can be read, and the requests and bytes that came until then.
import { openBrowser, PHONE } from '../browser/support/browser.mjs'

const { BENCH_URL: url, BENCH_ACCOUNT: login, BENCH_PASSWORD: password, BENCH_VISITS: visits } = process.env

const LINE = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }
const SLOWER = 6
const TASKS = 'main li a[href*="/learn/tasks/"]'

const browser = await openBrowser()
try {
  const told = []
  for (let visit = 0; visit < Number(visits); visit += 1) told.push(await firstVisit())
  console.log(JSON.stringify(told))
} finally {
  await browser.close()
}

async function firstVisit() {
  const page = await browser.person(url, { size: PHONE })
  const answer = await page.request.post('/api/v1/sign-in', { data: { login, password } })
  if (!answer.ok()) throw new Error(`nobody signed in: ${answer.status()}`)

  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const came = []
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => came.push(encodedDataLength))
  await devtools.send('Network.emulateNetworkConditions', LINE)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })

  const asked = performance.now()
  await page.goto('/learn', { waitUntil: 'commit' })
  await page.locator(TASKS).first().waitFor()
  const milliseconds = performance.now() - asked
  const told = { milliseconds, requests: came.length, bytes: came.reduce((sum, each) => sum + each, 0) }

  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.context().close()
  return told
}
