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
    await page.getByText('POST /api/v1/sign-in', { exact: true }).waitFor()
    const contract = await (await fetch(`${lingxue.url}/api/openapi.json`)).json()
    const listed = await page.locator('summary').allTextContents()
    for (const [address, methods] of Object.entries(contract.paths)) {
      for (const method of Object.keys(methods)) {
        const operation = `${method.toUpperCase()} ${address}`
        assert.equal(listed.filter((each) => each === operation).length, 1, `${operation} is listed once`)
      }
    }
    await page.getByText('POST /api/v1/sign-in', { exact: true }).click()
    await page.getByText('"requestBody"').filter({ visible: true }).waitFor()
    await checkAccess(page)
    await page.context().close()
  })
}
