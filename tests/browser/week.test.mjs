// A learner signs in and finds this week: the goal, the ring, the next step, on a phone and on a desktop.
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

for (const size of [PHONE, DESK]) {
  test(`a learner finds this week (${size.name})`, async () => {
    const page = await browser.person(lingxue.url, { size, language: 'zh-CN' })
    await page.goto('/sign-in')
    await page.locator('input').nth(0).fill('learner02')
    await page.locator('input').nth(1).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '第 3 周' }).waitFor()
    await checkAccess(page)
    await shot(page, 'week')
    await page.context().close()
  })
}
