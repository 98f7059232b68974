// A learner works through the week: claims the list, reads, discusses, takes the test, hands in, reflects, watches.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

// Of the demo's first class, and nobody of them has claimed the third week.
const WALKS = [
  { size: PHONE, language: 'zh-CN', account: 'learner109' },
  { size: DESK, language: 'zh-CN', account: 'learner115' },
  { size: PHONE, language: 'en', account: 'learner03' },
]
const CLASSMATE = 'learner07'
// Knows what is right.
const EXPERT = 'expert1'
// A real video is played to its end, at twice its speed.
const PLAYED_WITHIN_MS = 90_000

const WORK = '三年级数学，四年级语文，共十一人。目标：下课前每人能说出3×4是什么意思，并画出来。时间表：十分钟一换，只换三次。'
const REFLECTION =
  '原来以为静的那一半孩子会自己往下做，结果第三道题就停住了。回头看，是我没有写清楚怎样开始。那一刻四年级正在朗读，声音盖过了三年级的提问。下一份教案，我只改一行：静的作业先做一道给他们看。'

let lingxue, browser
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

/** The learner's week as the server tells it: ids and titles to find the pages' rows by. */
async function weekOf(account) {
  const learner = await asking(lingxue, account)
  const { items } = await learner.get('/api/v1/my/classes')
  const mine = items.find((each) => each.my_role === 'learner')
  return learner.get(`/api/v1/classes/${mine.class_id}/this-week`)
}

/** What every walk needs at hand: the page, its words, and how to come to a task and back. */
async function begin({ size, language, account }) {
  const page = await browser.person(lingxue.url, { size, language })
  const t = wordsOf(language)
  const week = await weekOf(account)
  const titleOf = (task) => (language === 'en' ? (task.title_en ?? task.title) : task.title)
  const walk = {
    page,
    t: (key, slots) => t('task-board/learn', key, slots),
    words: t,
    week,
    button: (name) => page.getByRole('main').getByRole('button', { name }),
    link: (name) => page.getByRole('main').getByRole('link', { name }),
    heading: (name) => page.getByRole('heading', { name, level: 1 }),
    ring: (done) => page.getByRole('img', { name: t('task-board/learn', 'week.ring', { done, all: week.total }) }),
    async open(task) {
      await page.goto('/learn')
      await walk.link(titleOf(task)).last().click()
      await walk.heading(titleOf(task)).waitFor()
    },
    /** The ring has gone on, and the page still serves everybody. */
    async isAt(done) {
      await page.goto('/learn')
      await walk.ring(done).waitFor()
    },
    tasks: (kind) => week.list.tasks.filter((task) => task.kind === kind),
  }
  await signIn(page, account, lingxue.password)
  return walk
}

async function claim({ page, t, week, ring, button, link, heading }) {
  await heading(t('week.title', { n: week.week })).waitFor()
  await ring(0).waitFor()
  await checkAccess(page)
  await button(t('week.claim')).click()
  await link(t(wayOn(week))).waitFor()
  await checkAccess(page)
}

/** What can still be made up of an earlier week comes first, and is left for later by all who walk here. */
const wayOn = (week) => (week.make_up.length > 0 ? 'week.makeUp.go' : 'week.begin')

/** Last week has another deadline than this one, and one comes back from there. */
async function lookBack({ page, t, week, link, heading }) {
  await link(t('week.previous')).click()
  await heading(t('week.title', { n: week.week - 1 })).waitFor()
  await page.getByText(t('week.late')).waitFor()
  await checkAccess(page)
  await link(t('week.now')).click()
  await heading(t('week.title', { n: week.week })).waitFor()
}

async function read({ page, t, words, button, open }, task) {
  await open(task)
  await checkAccess(page)
  await button(t('read.done')).click()
  await page.getByText(words('common', 'task.state.done'), { exact: true }).waitFor()
}

/** A classmate who has the discussion open sees the post come, without doing anything. */
async function discuss({ page, t, words, link, button, open }, task) {
  await open(task)
  await checkAccess(page)
  await link(t('task.discuss.go')).click()
  await page.waitForURL(/\/learn\/topics\//)
  const talk = (key) => words('forum-websocket/learn', key)
  const composer = page.getByLabel(talk('composer.label'))
  await composer.waitFor()

  const other = await browser.person(lingxue.url, { size: page.size })
  await signIn(other, CLASSMATE, lingxue.password)
  await other.goto(new URL(page.url()).pathname)
  await other.getByLabel(wordsOf('zh-CN')('forum-websocket/learn', 'composer.label')).waitFor()

  const said = `最累的是周三第二节，两个年级都是新课。（${page.size.name}, ${page.language}）`
  await composer.fill(said)
  await button(talk('composer.send')).click()
  await page.getByRole('article').filter({ hasText: said }).waitFor()
  await other.getByRole('article').filter({ hasText: said }).waitFor()
  // That was the task: the topic leads on to the next one.
  await link(words('next', 'go')).waitFor()
  await checkAccess(page)
  await checkAccess(other)
  await other.context().close()
}

async function takeTest({ page, t, words, week, link, button, open }, task) {
  const expert = await asking(lingxue, EXPERT)
  const { items } = (await expert.get(`/api/v1/trainings/${week.training_id}/test-papers/${task.ref_id}`)).content
  const say = (key, slots) => words('assessment/learn', key, slots)
  await open(task)
  await checkAccess(page)
  await link(t('task.test.go')).click()
  await button(say('test.start')).waitFor()
  await checkAccess(page)
  await button(say('test.start')).click()
  for (let asked = 1; ; asked += 1) {
    await page.getByText(say('test.of', { at: asked })).waitFor()
    if (asked === 1) await checkAccess(page)
    // A test that came to too little is not done: whoever goes on to the next task has answered well.
    const { right, options } = items[asked - 1]
    for (const { text } of options.filter(({ key }) => right.includes(key)))
      await page.getByRole('group').locator('label').filter({ hasText: text }).first().click()
    const last = button(say('test.review'))
    if (await last.isVisible()) {
      await last.click()
      break
    }
    await button(say('test.next')).click()
  }
  await page.getByText(say('test.allAnswered')).waitFor()
  await checkAccess(page)
  await button(say('test.submit')).click()
  const question = page.getByRole('dialog', { name: say('test.submit.title') })
  await question.waitFor()
  await checkAccess(page)
  await question.getByRole('button', { name: say('test.submit'), exact: true }).click()
  await page.getByRole('heading', { name: say('test.result') }).waitFor()
  await link(words('next', 'go')).waitFor()
  await checkAccess(page)
  await link(say('test.back')).click()
}

async function handIn({ page, t, words, link, button, open }, task) {
  const say = (key) => words('assessment/learn', key)
  await open(task)
  await link(t('task.assignment.go')).click()
  await page.getByLabel(say('work.text')).fill(WORK)
  await checkAccess(page)
  await button(say('work.handIn')).click()
  await page.getByText(say('work.handedIn'), { exact: true }).waitFor()
  await checkAccess(page)
}

async function reflect({ page, t, button, open }, task) {
  await open(task)
  await page.getByLabel(t('reflect.label')).fill('太短了。')
  await button(t('reflect.handIn')).click()
  await page.getByText(t('reflect.short', { n: 50 })).waitFor()
  await checkAccess(page)
  await page.getByLabel(t('reflect.label')).fill(REFLECTION)
  await button(t('reflect.handIn')).click()
  await page.getByText(t('reflect.handedIn')).waitFor()
  await checkAccess(page)
}

for (const way of WALKS) {
  const { size, language } = way
  test(`a learner works through the week (${size.name}, ${language})`, async () => {
    const walk = await begin(way)
    const { page, t, isAt, tasks, week } = walk
    await claim(walk)
    await lookBack(walk)
    let done = 0
    for (const task of tasks('read')) await read(walk, task)
    await isAt((done += tasks('read').length))
    await discuss(walk, tasks('discuss')[0])
    await isAt((done += 1))
    await takeTest(walk, tasks('test')[0])
    await isAt((done += 1))
    await handIn(walk, tasks('assignment')[0])
    await isAt((done += 1))
    await reflect(walk, tasks('reflect')[0])
    await isAt((done += 1))
    // What is left is the video.
    assert.equal(week.total - done, 1)
    await walk.link(t(wayOn(week))).waitFor()
    await checkAccess(page)
    if (language === 'zh-CN') await shot(page, 'week-nearly-done')
    await page.context().close()
  })
}

test('minutes are credited to those who watch, and the week is done (phone and desk)', async () => {
  // Side by side: neither waits for the other's video.
  await Promise.all(WALKS.filter(({ language }) => language === 'zh-CN').map(watchToTheEnd))
})

async function watchToTheEnd(way) {
  const walk = await begin(way)
  const { page, t, words, open, link, isAt, tasks, week } = walk
  await open(tasks('watch')[0])
  await page.getByText(t('watch.credited', { done: '0:00' })).waitFor()
  await checkAccess(page)
  const video = page.locator('video')
  await video.focus()
  await video.press('Space')
  await video.evaluate((element) => (element.playbackRate = 2))
  await page.getByText(words('common', 'task.state.done'), { exact: true }).waitFor({ timeout: PLAYED_WITHIN_MS })
  await checkAccess(page)
  await shot(page, 'watched')
  await link(t('task.back')).click()
  await isAt(week.total)
  await (week.make_up.length > 0 ? link(t(wayOn(week))) : page.getByText(t('week.allDone'))).waitFor()
  await page.context().close()
}
