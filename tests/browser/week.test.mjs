// A learner signs in and finds this week: the goal, the ring, the next step, on a phone and on a desktop.
import { after, before, test } from 'node:test'
import { checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

let lingxue, browser
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

for (const size of [PHONE, DESK]) {
  for (const language of ['zh-CN', 'en']) {
    test(`a learner finds this week (${size.name}, ${language})`, async () => {
      const t = wordsOf(language)
      const page = await browser.person(lingxue.url, { size, language })
      await signIn(page, 'learner02', lingxue.password)
      await page.getByRole('heading', { name: t('task-board/learn', 'week.title', { n: 3 }), level: 1 }).waitFor()
      await page.getByRole('img', { name: t('task-board/learn', 'week.ring') }).waitFor()
      await checkAccess(page)
      if (language === 'zh-CN') await shot(page, 'week')
      await page.context().close()
    })
  }
}
