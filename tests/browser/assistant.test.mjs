// An assistant answers what waits, then grades what was handed in; the learner reads what was said, and sees the standing move.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

const ASSISTANT = 'assistant1'
// Both of the assistant's class, and neither has done anything this week.
const LEARNERS = new Map([
  [PHONE, 'learner109'],
  [DESK, 'learner115'],
])
const FILE = '教案.pdf'
const WORK = '一年级认钟表，二年级学几时几分，同用一个纸钟面。'.repeat(4)

const t = wordsOf('zh-CN')
const say = (key, slots) => t('assessment/teach', key, slots)
const talk = (key, slots) => t('forum-websocket/teach', key, slots)

let lingxue, browser
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

/** What happened before: the learner claimed the week, asked something, handed in an assignment and a reflection. */
async function learnerOf(size) {
  const account = LEARNERS.get(size)
  const learner = await asking(lingxue, account)
  const { person } = await learner.get('/api/v1/me')
  const { items } = await learner.get('/api/v1/my/classes')
  const classId = items.find((each) => each.my_role === 'learner').class_id
  const { list } = await learner.get(`/api/v1/classes/${classId}/this-week`)
  const task = (kind) => list.tasks.find((each) => each.kind === kind)
  const question = `静的那一半孩子先做完了怎么办？（${size.name}）`
  const asked = { kind: 'question', title: question, body: '第二道题太容易。', client_id: randomUUID() }
  await learner.post(`/api/v1/classes/${classId}/topics`, asked)
  await learner.post(`/api/v1/task-lists/${list.id}/claim`)
  const work = `/api/v1/tasks/${task('assignment').id}/submission`
  const { version, draft_file: file } = await learner.upload(`${work}/file`, FILE, pdfOf(3))
  await learner.post(`${work}/hand-in`, { text: WORK, based_on: version, files: [file.id] })
  await learner.post(`/api/v1/tasks/${task('reflect').id}/reflection/hand-in`, { body: WORK, based_on: 0 })
  return { account, name: person.name, classId, question, works: [task('assignment'), task('reflect')] }
}

/** The smallest PDF of so many pages. */
function pdfOf(pages) {
  const kids = Array.from({ length: pages }, (_, page) => page + 3)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${pages} >>`,
    ...kids.map(() => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>'),
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`
  return Buffer.from(`${text}${table}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`)
}

/** The file that was handed in can be read: the browser's own viewer has drawn its pages. */
async function readFile(page) {
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: say('grade.file', { name: FILE }) }).click()
  const tab = await opened
  const isViewer = (frame) => frame.url().startsWith('chrome-extension://')
  const viewer = tab.frames().find(isViewer) ?? (await tab.waitForEvent('framenavigated', isViewer))
  await viewer.waitForFunction(() => {
    const bar = document.querySelector('pdf-viewer')?.shadowRoot?.querySelector('viewer-toolbar')
    return bar?.docLength === 3
  })
  const answered = await page.request.get(tab.url())
  const policy = answered.headers()['content-security-policy']
  // Browsers that are some years old draw nothing under it.
  assert.doesNotMatch(policy, /sandbox/)
  assert.match(policy, /^default-src 'none'/)
  await tab.close()
}

async function answer(page, { question, name }) {
  await page.goto('/teach')
  const waiting = page.getByRole('main').getByRole('link').filter({ hasText: question })
  await waiting.filter({ hasText: name }).waitFor()
  await checkAccess(page)
  await shot(page, 'queue')
  await waiting.click()
  await page.getByRole('heading', { name: question }).waitFor()
  await checkAccess(page)
  const said = '给他一张挑战卡，做完了去当小先生。'
  await page.getByLabel(talk('composer.answer')).fill(said)
  await page.getByRole('button', { name: talk('composer.send') }).click()
  await page.getByRole('article').filter({ hasText: said }).waitFor()
  await page.getByText(talk('answer.done')).waitFor()
  await page.goto('/teach')
  await page.getByRole('heading', { name: talk('queue.title') }).waitFor()
  await waiting.waitFor({ state: 'detached' })
}

async function openWork(page, learner, work) {
  // The assistant leads more than one class; the address says which.
  await page.goto(`/teach/grading?class=${learner.classId}`)
  await page.getByRole('heading', { name: say('grading.title'), level: 1 }).waitFor()
  const row = page.getByRole('main').getByRole('link').filter({ hasText: work.title }).filter({ hasText: learner.name })
  await row.waitFor()
  await checkAccess(page)
  await row.click()
  await page.getByRole('heading', { name: work.title, level: 1 }).waitFor()
  await page.getByText(learner.name).first().waitFor()
}

/** The rubric is filled in from top to bottom; what is written is saved before anybody presses anything. */
async function fillRubric(page, comment) {
  const criteria = page.getByRole('main').getByRole('group').filter({ has: page.getByRole('radio') })
  await criteria.first().waitFor()
  for (const criterion of await criteria.all()) await criterion.getByRole('radio').first().check()
  await page.getByLabel(say('grade.comment')).fill(comment)
  await page.getByRole('status').getByText(t('drafts', 'saved.at')).waitFor()
  await checkAccess(page)
}

async function isElsewhere(page, address) {
  await page.waitForURL((url) => url.pathname !== address)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

for (const size of [PHONE, DESK]) {
  test(`an assistant answers and grades, the learner reads it (${size.name})`, async () => {
    const learner = await learnerOf(size)
    const page = await browser.person(lingxue.url, { size })
    await signIn(page, ASSISTANT, lingxue.password)
    await answer(page, learner)

    const [assignment, reflection] = learner.works
    await openWork(page, learner, assignment)
    await readFile(page)
    await fillRubric(page, '四格写得清楚，静的作业能自己开始。')
    await shot(page, 'grading')
    const graded = new URL(page.url()).pathname
    // By hand on a phone, by key at a desk.
    if (size.phone) await page.getByRole('button', { name: say('grade.finish') }).click()
    else await page.keyboard.press('Control+Enter')
    await page.getByText(say('grade.done'), { exact: true }).waitFor()
    await isElsewhere(page, graded)
    const following = new URL(page.url()).pathname
    assert.match(following, /\/teach\/grading\/.+\/.+/, 'the next work is open')
    await page.keyboard.press('Alt+n')
    await isElsewhere(page, following)

    await openWork(page, learner, reflection)
    await fillRubric(page, '看到了那一刻，也想到了下一步。')
    await page.getByRole('button', { name: say('grade.finish') }).click()
    await page.getByText(say('grade.done'), { exact: true }).waitFor()
    await page.context().close()

    await learnerReads(size, learner)
  })
}

async function learnerReads(size, { account, works }) {
  const page = await browser.person(lingxue.url, { size })
  await signIn(page, account, lingxue.password)
  for (const [work, comment] of [
    [works[0], '四格写得清楚'],
    [works[1], '看到了那一刻'],
  ]) {
    await page.goto(`/learn/tasks/${work.id}/reviews`)
    await page.getByText(comment).waitFor()
    await checkAccess(page)
  }
  await page.goto('/learn/standing')
  for (const part of ['assignments', 'reflections']) {
    const name = t('assessment/common', `component.${part}`)
    // Full marks for both: the best level of every criterion was chosen.
    const shown = page.getByRole('group').filter({ has: page.getByText(name, { exact: true }) })
    await shown.filter({ hasNotText: '—' }).waitFor()
    await shown.getByText(name, { exact: true }).click()
    await shown.getByText(works[part === 'assignments' ? 0 : 1].title).waitFor()
  }
  await checkAccess(page)
  await shot(page, 'standing')
  await page.context().close()
}
