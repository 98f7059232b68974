// A lead proposes those who passed, may not decide it, the office approves and returns, certificates are issued and downloaded; one officer
// proposes to take one back, another confirms.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

// Three are enough to return one and approve the others.
const IN_A_BATCH = 3
const ISSUED_WITHIN_MS = 60_000

const t = wordsOf('zh-CN')
const say = (key, slots) => t('certificate-issuer/office', key, slots)

let lingxue, browser, training
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
  training = await running(await asking(lingxue, 'lead'))
  await weeksPass()
  await end()
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

/** The demo's training is in its third week: its lead lets everybody pass who has done anything. */
async function running(lead) {
  const { items } = await lead.get('/api/v1/trainings?limit=50')
  const training = items.find(({ state }) => state === 'running')
  assert.ok(training, 'a training of the demo is running')
  await lead.edit(`/api/v1/trainings/${training.id}/evaluation-scheme`, ({ scheme }) => ({
    ...scheme,
    components: scheme.components.map((part) => ({ ...part, minimum: null })),
    pass_from: 1,
  }))
  return training
}

/** No test waits for weeks: the first day of what runs is moved back in the database beside the server. */
async function weeksPass() {
  const moveBack = `import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
db.execute("update trainings set starts_on = date(starts_on, '-90 days') where state = 'running'")
db.commit()`
  await promisify(execFile)('python3', ['-c', moveBack, path.join(lingxue.folder, 'lingxue.db')])
}

/** The lead computes and ends the training on its page; what still waits for its review counts nothing, which is asked. */
async function end() {
  // What still waits is the server's first answer to either press, and then asked about.
  const expectedErrors = [/409 .*\/(results\/compute|close)\)/]
  const page = await browser.person(lingxue.url, { size: DESK, expectedErrors })
  const results = (key) => t('assessment/office', key)
  const press = (within, key) => within.getByRole('button', { name: results(key), exact: true }).click()
  await signIn(page, 'lead', lingxue.password)
  await page.goto(`/office/trainings/${training.id}/results`)
  const main = page.getByRole('main')
  await press(main, 'results.compute')
  await press(page.getByRole('dialog'), 'results.compute.anyway')
  await main.getByRole('button', { name: results('results.again'), exact: true }).waitFor()
  await checkAccess(page)
  await press(main, 'results.close')
  await press(page.getByRole('dialog'), 'results.close')
  // A button that is busy has lost its name: only the answer says that the training has ended.
  const ended = page.waitForResponse((answer) => answer.url().endsWith('/close') && answer.ok())
  await press(page.getByRole('dialog'), 'results.close.anyway')
  await ended
  await main.getByRole('button', { name: results('results.close'), exact: true }).waitFor({ state: 'detached' })
  await page.context().close()
  const { state } = await (await asking(lingxue, 'lead')).get(`/api/v1/trainings/${training.id}`)
  assert.equal(state, 'closed')
}

/** A batch is as small as the story needs: the others are proposed another day. */
async function keepAFew(page) {
  const lead = await asking(lingxue, 'lead')
  const batch = `/api/v1/certificate-batches/${new URL(page.url()).pathname.split('/').pop()}`
  const { entries } = await lead.get(batch)
  for (const entry of entries.slice(IN_A_BATCH)) await lead.remove(`${batch}/entries/${entry.id}`)
  await page.reload()
  return { batch, kept: entries.slice(0, IN_A_BATCH) }
}

async function propose(size) {
  const page = await browser.person(lingxue.url, { size })
  const button = (name) => page.getByRole('main').getByRole('button', { name, exact: true })
  await signIn(page, 'lead', lingxue.password)
  await page.goto('/office/certificate-batches')
  await page.getByLabel(say('new.training')).selectOption({ label: training.title })
  await button(say('new')).waitFor()
  await checkAccess(page)
  await button(say('new')).click()
  await page.getByText(say('state.draft'), { exact: true }).waitFor()
  const proposed = await keepAFew(page)
  for (const { printed } of proposed.kept) await page.getByText(printed.learner_name, { exact: true }).first().waitFor()
  await checkAccess(page)

  await button(say('submit')).click()
  const question = page.getByRole('dialog', { name: say('submit.ask', { n: IN_A_BATCH }) })
  await question.getByText(say('submit.text')).waitFor()
  await checkAccess(page)
  await question.getByRole('button', { name: say('submit'), exact: true }).click()
  await page.getByText(say('state.submitted'), { exact: true }).waitFor()

  // Who proposed is told why there is nothing to decide, and the server would refuse it too.
  await page.getByText(say('ownBatch')).waitFor()
  assert.equal(await button(say('approve.all')).count(), 0)
  await checkAccess(page)
  await shot(page, 'own-batch')
  const lead = await asking(lingxue, 'lead')
  const approval = { entries: [{ entry_id: proposed.kept[0].id, decision: 'approve' }] }
  await assert.rejects(lead.post(`${proposed.batch}/decide`, approval), /403/)
  await page.context().close()
  return proposed.kept
}

/** Who proposes cannot confirm; a colleague reads the same page and does. */
async function takeBack(page, row, size) {
  await row.getByRole('button', { name: say('revoke'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('revoke.reason')).fill('经查由他人代学。')
  await checkAccess(page)
  await dialog.getByRole('button', { name: say('revoke.send'), exact: true }).click()
  await row.getByRole('link', { name: say('change.pending') }).click()
  await page.getByText(say('change.own')).waitFor()
  assert.equal(await page.getByRole('button', { name: say('change.confirm'), exact: true }).count(), 0)
  await checkAccess(page)

  const other = await browser.person(lingxue.url, { size })
  await signIn(other, 'office2', lingxue.password)
  await other.goto('/office/certificate-changes')
  await other.getByRole('main').getByRole('link', { name: say('open') }).first().click()
  await other.getByRole('button', { name: say('change.confirm'), exact: true }).click()
  await checkAccess(other)
  await other.getByRole('dialog').getByRole('button', { name: say('change.confirm'), exact: true }).click()
  await other.getByText(say('change.state.confirmed'), { exact: true }).first().waitFor()
  await checkAccess(other)
  await shot(other, 'change-confirmed')
  await other.context().close()
}

for (const size of [PHONE, DESK]) {
  test(`a lead proposes, the office decides, certificates are issued (${size.name})`, async () => {
    const [returned, ...approved] = await propose(size)
    const page = await browser.person(lingxue.url, { size })
    const main = page.getByRole('main')
    const rowOf = ({ printed }) => main.getByRole('row').filter({ hasText: printed.learner_name })
    await signIn(page, 'office1', lingxue.password)
    await page.goto('/office/certificate-batches')
    const waiting = main.getByRole('row').filter({ hasText: say('state.submitted') })
    // The newest comes first.
    await waiting.filter({ hasText: training.title }).first().waitFor()
    await checkAccess(page)
    await waiting.first().getByRole('link', { name: say('open') }).click()
    await main.getByRole('button', { name: say('approve.all') }).waitFor()
    await checkAccess(page)

    // One goes back with the reason, the others are approved.
    await rowOf(returned).getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    await main.getByRole('button', { name: say('return') }).click()
    const why = page.getByRole('dialog', { name: say('return.title', { n: 1 }) })
    await why.getByRole('button', { name: say('return.send'), exact: true }).click()
    await why.getByText(say('reason.missing')).waitFor()
    await why.getByLabel(say('return.reason')).fill('单位名称与花名册不一致。')
    await checkAccess(page)
    await why.getByRole('button', { name: say('return.send'), exact: true }).click()
    await rowOf(returned).getByText('单位名称与花名册不一致').waitFor()

    await main.getByRole('button', { name: say('approve.all') }).click()
    const sure = page.getByRole('dialog', { name: say('approve.ask', { n: approved.length }) })
    await sure.getByRole('button', { name: say('approve.do'), exact: true }).click()
    await page.getByText(say('state.issued'), { exact: true }).waitFor({ timeout: ISSUED_WITHIN_MS })
    await checkAccess(page)
    await shot(page, 'issued')

    const saving = page.waitForEvent('download')
    await rowOf(approved[0]).getByRole('button', { name: say('pdf'), exact: true }).click()
    const download = await saving
    assert.match(download.suggestedFilename(), /\.pdf$/)
    assert.match((await readFile(await download.path())).subarray(0, 5).toString(), /^%PDF-/)
    await takeBack(page, rowOf(approved[0]), size)
    await page.context().close()
  })
}
