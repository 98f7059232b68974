// One Chromium for a test file, one context for each person in it.
import assert from 'node:assert/strict'
import { chromium } from './packages.mjs'

/** A cheap phone, and a desk in the office. */
export const PHONE = { name: 'phone', width: 360, height: 740, phone: true }
export const DESK = { name: 'desk', width: 1440, height: 900, phone: false }

// Keeps the browser from talking to anybody but us.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openBrowser() {
  const browser = await chromium.launch({
    executablePath: process.env.LINGXUE_TEST_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  })
  return {
    person: (url, options) => openPage(browser, url, options),
    close: () => browser.close(),
  }
}

/**
 * A person's own page at `url`. `expectedErrors` are patterns of console errors that belong to the story,
 * such as the refused request of somebody who may not enter.
 */
async function openPage(browser, url, { size = PHONE, language = 'zh-CN', expectedErrors = [] } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size.phone ? 2 : 1,
    hasTouch: size.phone,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  page.size = size
  page.language = language
  const faults = watch(page, url, expectedErrors)

  const close = context.close.bind(context)
  context.close = async () => {
    await close()
    assert.deepEqual(faults, [], 'the page had faults that its person did not see')
  }
  return page
}

function watch(page, url, expectedErrors) {
  const faults = []
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    const text = `${message.text()} (${message.location().url})`
    if (message.type() === 'error' && !expectedErrors.some((pattern) => pattern.test(text)))
      faults.push(`console: ${text}`)
  })
  const ours = new URL(url).host
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && host !== ours) faults.push(`asked another host: ${host}`)
  })
  return faults
}
