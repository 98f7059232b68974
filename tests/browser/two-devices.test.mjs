// One text, two devices; one browser, two people; a save that the network does not let through. Nothing that was typed is lost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

const LEARNER = 'learner109'
const OTHER_LEARNER = 'learner115'
const HERE = '手机上写的：四年级朗读的时候，三年级有个孩子一直在看窗外，我没有走过去。'.repeat(2)
const THERE = '电脑上写的：下一份教案只改一行，静的作业先做一道给他们看，再放手。'.repeat(2)
/** Refused and lost requests belong to these stories. */
const EXPECTED = [/412/, /401/, /net::ERR_/]

const t = wordsOf('zh-CN')
const common = (key, slots) => t('common', key, slots)
const drafts = (key, slots) => t('drafts', key, slots)

let lingxue, browser
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

/** The learner's week with the tasks in it; claimed when it is not. */
async function weekOf(account) {
  const learner = await asking(lingxue, account)
  const { items } = await learner.get('/api/v1/my/classes')
  const { class_id: classId } = items.find((each) => each.my_role === 'learner')
  const { list } = await learner.get(`/api/v1/classes/${classId}/this-week`)
  if (!list.claimed_at) await learner.post(`/api/v1/task-lists/${list.id}/claim`)
  return { learner, task: (kind) => list.tasks.find((each) => each.kind === kind) }
}

async function opened(account, address, size) {
  const page = await browser.person(lingxue.url, { size, expectedErrors: EXPECTED })
  await signIn(page, account, lingxue.password)
  await page.goto(address)
  return page
}

/** Both have the page open; the desk saves first, and the phone writes over what it was given. */
async function writeOnBoth({ account, address, label, isSaved }) {
  const phone = await opened(account, address, PHONE)
  await phone.getByLabel(label).waitFor()
  const desk = await opened(account, address, DESK)
  const save = desk.waitForResponse((response) => response.request().method() === 'PUT' && response.ok())
  await desk.getByLabel(label).fill(THERE)
  await save
  await phone.getByLabel(label).fill(HERE)
  const both = phone.getByRole('alert').filter({ hasText: drafts('conflict.title') })
  await both.getByText(HERE).waitFor()
  await both.getByText(THERE).waitFor()
  // The server has lost nothing while the person decides.
  assert.equal(await isSaved(), THERE)
  await checkAccess(phone)
  return { phone, desk, both }
}

test('a reflection written on two devices keeps both texts', async () => {
  const { learner, task } = await weekOf(LEARNER)
  const { id } = task('reflect')
  const { phone, desk, both } = await writeOnBoth({
    account: LEARNER,
    address: `/learn/tasks/${id}`,
    label: t('task-board/learn', 'reflect.label'),
    isSaved: async () => (await learner.get(`/api/v1/tasks/${id}/reflection`)).draft,
  })
  await shot(phone, 'two-devices-reflection', { fullPage: true })
  const saved = phone.waitForResponse((response) => response.request().method() === 'PUT' && response.ok())
  await both.getByRole('button', { name: drafts('keep.both') }).click()
  await saved
  const { draft } = await learner.get(`/api/v1/tasks/${id}/reflection`)
  assert.ok(draft.includes(HERE) && draft.includes(THERE), 'one of the texts is gone')
  await phone.context().close()
  await desk.context().close()
})

test('an assignment written on two devices keeps both texts', async () => {
  const { learner, task } = await weekOf(LEARNER)
  const { id } = task('assignment')
  const { phone, desk, both } = await writeOnBoth({
    account: LEARNER,
    address: `/learn/assignments/${id}`,
    label: t('assessment/learn', 'work.text'),
    isSaved: async () => (await learner.get(`/api/v1/tasks/${id}/submission`)).work.draft,
  })
  await shot(phone, 'two-devices-assignment', { fullPage: true })
  const saved = phone.waitForResponse((response) => response.request().method() === 'PUT' && response.ok())
  await both.getByRole('button', { name: drafts('keep.mine') }).click()
  await saved
  assert.equal((await learner.get(`/api/v1/tasks/${id}/submission`)).work.draft, HERE)
  await phone.context().close()
  await desk.context().close()
})

test('of a scheme that somebody else saved meanwhile, only what both changed is asked about', async () => {
  const lead = await asking(lingxue, 'lead')
  const { items } = await lead.get('/api/v1/trainings?limit=200')
  const training = items.find((each) => each.state === 'running')
  const address = `/api/v1/trainings/${training.id}/evaluation-scheme`
  const page = await opened('lead', `/office/trainings/${training.id}/evaluation`, DESK)
  const hours = page.getByLabel(t('assessment/office', 'scheme.hours'))
  await hours.waitFor()
  await hours.fill('44')
  const late_percent = 33
  await lead.edit(address, ({ scheme }) => ({ ...scheme, hours: 55, late_percent }))
  await page.getByRole('button', { name: t('assessment/office', 'scheme.save') }).click()
  const both = page.getByRole('alert').filter({ hasText: drafts('conflict.title') })
  await both.getByText('55', { exact: true }).waitFor()
  await both.getByText('44', { exact: true }).waitFor()
  assert.equal(await both.getByText(String(late_percent), { exact: true }).count(), 0)
  assert.equal((await lead.get(address)).scheme.hours, 55)
  await checkAccess(page)
  await shot(page, 'two-devices-scheme', { fullPage: true })
  await both.getByRole('button', { name: drafts('keep.mine') }).click()
  await page.getByRole('button', { name: t('assessment/office', 'scheme.save') }).click()
  await page.getByText(t('assessment/office', 'scheme.saved')).waitFor()
  const { scheme } = await lead.get(address)
  assert.deepEqual([scheme.hours, scheme.late_percent], [44, late_percent])
  await page.context().close()
})

test('what one person could not send does not go out under another who signs in in a second tab', async () => {
  const { learner, task } = await weekOf(OTHER_LEARNER)
  const { id } = task('reflect')
  const page = await opened(OTHER_LEARNER, `/learn/tasks/${id}`, PHONE)
  const field = page.getByLabel(t('task-board/learn', 'reflect.label'))
  await field.waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const senders = []
  page.context().on('request', (request) => {
    if (request.url().endsWith('/reflection/hand-in')) senders.push(request.headers().authorization)
  })
  // The hand-in does not get through.
  await page.context().route('**/reflection/hand-in', (route) => route.abort())
  await field.fill(HERE)
  await page.getByRole('button', { name: t('task-board/learn', 'reflect.handIn') }).click()
  await page.getByText(t('task-board/learn', 'reflect.waits')).waitFor()

  const second = await page.context().newPage()
  Object.assign(second, { size: PHONE, language: 'zh-CN' })
  await second.goto('/sign-in')
  await signIn(second, LEARNER, lingxue.password)
  await page.context().unroute('**/reflection/hand-in')
  await second.reload()
  await second.waitForLoadState('networkidle')
  const sent = senders.length
  assert.equal((await learner.get(`/api/v1/tasks/${id}/reflection`)).body, null)

  // Its own person signs in again: now it leaves.
  await second.evaluate(() => fetch('/api/v1/session/refresh', { method: 'POST' }))
  await signIn(second, OTHER_LEARNER, lingxue.password)
  await second.waitForResponse((response) => response.url().endsWith('/reflection/hand-in') && response.ok())
  assert.ok(senders.length > sent)
  assert.equal((await learner.get(`/api/v1/tasks/${id}/reflection`)).body, HERE.trim())
  await page.context().close()
})

test('a save that is cut off in the middle stays on the device and arrives later, once', async () => {
  const { learner, task } = await weekOf(LEARNER)
  const { id } = task('reflect')
  const page = await opened(LEARNER, `/learn/tasks/${id}`, PHONE)
  const field = page.getByLabel(t('task-board/learn', 'reflect.label'))
  await field.waitFor()
  const before = (await learner.get(`/api/v1/tasks/${id}/reflection`)).version
  // The server takes the words, and its answer is lost.
  let cut = 0
  await page.route('**/reflection', async (route) => {
    if (route.request().method() !== 'PUT' || cut > 0) return route.fallback()
    cut += 1
    await route.fetch()
    await page.context().setOffline(true)
    return route.abort()
  })
  const words = `${HERE}又加了一句。`
  await field.fill(words)
  await page.getByText(drafts('waiting')).waitFor()
  await page.context().setOffline(false)
  await page.getByText(drafts('waiting')).waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('alert').count(), 0, 'one’s own words are no conflict')
  const after = await learner.get(`/api/v1/tasks/${id}/reflection`)
  assert.equal(after.draft, words)
  assert.equal(after.version, before + 1)
  assert.equal(await page.getByText(common('problem.client.network')).count(), 0)
  await page.context().close()
})

// The last: whoever has not signed the new text sees no week.
test('a charter being written survives that somebody else settles it', async () => {
  const expert = await asking(lingxue, 'expert1')
  const { items } = await expert.get('/api/v1/my/classes')
  const { class_id: classId } = items.find((each) => each.my_role !== 'learner' && each.training_state !== 'closed')
  const address = `/api/v1/classes/${classId}/charter`
  const say = (key) => t('class-allocation/teach', key)
  const page = await opened('expert1', `/teach/classes/${classId}`, PHONE)
  await page.getByRole('button', { name: say('charter.change') }).click()
  await page.getByLabel(say('charter.vision')).fill('我写的愿景：每天进步一点')
  await expert.edit(address, ({ clauses }) => ({ vision: '别人写的愿景：互相提醒', clauses, taken: [] }))
  await page.getByRole('button', { name: say('charter.settle'), exact: true }).click()
  const sure = page.getByRole('dialog').getByRole('button', { name: say('charter.settle'), exact: true })
  await sure.click()
  const both = page.getByRole('alert').filter({ hasText: drafts('conflict.title') })
  await both.getByText('我写的愿景：每天进步一点').waitFor()
  await both.getByText('别人写的愿景：互相提醒').waitFor()
  assert.equal((await expert.get(address)).vision, '别人写的愿景：互相提醒')
  await checkAccess(page)
  await shot(page, 'two-devices-charter', { fullPage: true })
  await page.context().close()
})
