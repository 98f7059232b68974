// Who builds on the platform finds its contract at /api/docs: every operation, none missing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkAccess, DESK, openBrowser, PHONE, startLingxue } from './support/index.mjs'

let lingxue, browser
before(async () => {
  lingxue = await startLingxue()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

for (const size of [PHONE, DESK]) {
  test(`a developer reads the contract (${size.name})`, async () => {
    const page = await browser.person(lingxue.url, { size })
    await page.goto('/api/docs')
    await page.getByRole('heading', { name: 'Lingxue API' }).waitFor()
    // Each operation is a row that opens: its verb, then its path.
    const rows = page.locator('summary')
    const signIn = rows.filter({ hasText: /^\s*POST\s*\/api\/v1\/sign-in(?![-/])/ }).first()
    await signIn.waitFor()
    const contract = await (await fetch(`${lingxue.url}/api/openapi.json`)).json()
    const listed = (await rows.allTextContents()).map((text) => text.replace(/\s/g, ''))
    for (const [address, methods] of Object.entries(contract.paths)) {
      for (const method of Object.keys(methods)) {
        const operation = `${method.toUpperCase()}${address}`
        assert.ok(
          listed.some((row) => row.startsWith(operation)),
          `${method} ${address} is listed`,
        )
      }
    }
    await signIn.click()
    await page.locator('details[open]').getByText('application/json').first().waitFor()
    await checkAccess(page)
    await page.context().close()
  })
}
