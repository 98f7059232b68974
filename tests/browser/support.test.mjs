// Do the helpers notice what they are there to notice?
import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { accessViolations, checkAccess, DESK, openBrowser, PHONE, shot } from './support/index.mjs'

const GOOD = '<main><h1>领学</h1><label>姓名 <input></label></main>'
const MUTE = '<main><h1>领学</h1><input></main>'
const FAULTY = '<main><h1>领学</h1></main><script>console.error("lost")</script>'

let browser, server, url
before(async () => {
  const bodies = { '/good': GOOD, '/mute': MUTE, '/faulty': FAULTY }
  server = createServer((request, response) => {
    const body = bodies[request.url]
    response.writeHead(body ? 200 : 204, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'self'; script-src 'unsafe-inline'",
    })
    response.end(body && `<!doctype html><html lang="zh-CN"><title>领学</title>${body}`)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${server.address().port}`
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
})

test('a control without a name is a violation', async () => {
  const page = await browser.person(url)
  await page.goto('/mute')
  const violations = await accessViolations(page)
  assert.deepEqual(
    violations.map((each) => each.id),
    ['label'],
  )
  await assert.rejects(checkAccess(page), /label/)
  await page.context().close()
})

test('a page with named controls passes at both sizes', async () => {
  for (const size of [PHONE, DESK]) {
    const page = await browser.person(url, { size })
    await page.goto('/good')
    await checkAccess(page)
    assert.equal(await page.evaluate(() => innerWidth), size.width)
    assert.ok((await stat(await shot(page, 'support'))).size > 1000)
    await page.context().close()
  }
})

test('an error in the console fails the person who has it', async () => {
  const page = await browser.person(url)
  await page.goto('/faulty')
  await assert.rejects(page.context().close(), /lost/)

  const warned = await browser.person(url, { expectedErrors: [/lost/] })
  await warned.goto('/faulty')
  await warned.context().close()
})

test('people share no cookies', async () => {
  const one = await browser.person(url)
  await one.goto('/good')
  await one.evaluate(() => (document.cookie = 'who=one'))
  const other = await browser.person(url)
  await other.goto('/good')
  assert.equal(await other.evaluate(() => document.cookie), '')
  await one.context().close()
  await other.context().close()
})
