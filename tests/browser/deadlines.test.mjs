// A lead changes until when late work is taken, and a learner's earlier weeks follow at once.
import { after, before, test } from 'node:test'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

const t = wordsOf('zh-CN')
const board = (key, slots) => t('task-board/office', key, slots)
const say = (key, slots) => t('task-board/learn', key, slots)

let lingxue, browser, training
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
  const { items } = await (await asking(lingxue, 'lead')).get('/api/v1/trainings?limit=50')
  training = items.find(({ state }) => state === 'running')
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

// The demo stands in its third week, and seven days are given: of the first week nothing is taken any more.
for (const { size, days, week, before, then } of [
  { size: DESK, days: 14, week: 1, before: 'week.closed', then: 'week.late' },
  { size: PHONE, days: 0, week: 2, before: 'week.late', then: 'week.closed' },
]) {
  test(`with ${days} days for late work, week ${week} says so (${size.name})`, async () => {
    const learner = await browser.person(lingxue.url, { size: PHONE })
    await signIn(learner, 'learner03', lingxue.password)
    await learner.goto(`/learn/weeks/${week}`)
    await learner.getByText(say(before)).waitFor()

    const lead = await browser.person(lingxue.url, { size })
    await signIn(lead, 'lead', lingxue.password)
    await lead.goto(`/office/trainings/${training.id}`)
    await lead.getByRole('link', { name: t('training', 'tab.board'), exact: true }).click()
    await lead.getByLabel(board('board.grace')).fill(String(days))
    await lead.getByText(board('board.warning')).waitFor()
    await checkAccess(lead)
    await shot(lead, 'board-settings')
    await lead.getByRole('button', { name: board('board.save'), exact: true }).click()
    await lead.getByText(board('board.saved')).waitFor()

    await learner.reload()
    await learner.getByText(say(then)).waitFor()
    await lead.context().close()
    await learner.context().close()
  })
}
