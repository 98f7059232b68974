// A stranger checks a certificate by the address that is printed on it, on a phone and on a desktop.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { checkAccess, DESK, openBrowser, PHONE, shot, startLingxue } from './support/index.mjs'

let lingxue, browser, password
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
  password = JSON.parse(await readFile(path.join(lingxue.folder, 'demo-sign-ins.json'), 'utf8')).password
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

/** Asks the server as this person, for facts that the page's test needs. */
async function ask(account, address) {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ login: account, password })
  const signIn = await fetch(`${lingxue.url}/api/v1/sign-in`, { ...post, body })
  const { access_token: token } = await signIn.json()
  const answer = await fetch(lingxue.url + address, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.status, 200)
  return answer.json()
}

for (const size of [PHONE, DESK]) {
  test(`a stranger verifies a certificate by its printed address (${size.name})`, async () => {
    const { items } = await ask('learner01', '/api/v1/my/certificates')
    const printed = new URL(items[0].verify_url)
    const page = await browser.person(lingxue.url, { size, language: 'zh-CN' })
    await page.goto(printed.pathname + printed.search)
    await page.getByText(items[0].printed.learner_name).first().waitFor()
    await page.getByText(items[0].printed.training_title).first().waitFor()
    await checkAccess(page)
    await shot(page, 'verify')
    await page.context().close()
  })
}
