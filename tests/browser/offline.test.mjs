// No network: This week is there from the device, and what is written meanwhile arrives when the network is back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, signIn, startLingxue, wordsOf } from './support/index.mjs'

const LEARNERS = new Map([
  [PHONE, 'learner109'],
  [DESK, 'learner115'],
])
const REFLECTION = '停电了，手机也没有信号。趁孩子午睡，把今天没想到的那一刻记下来：两个年级同时举手，我先应了声音大的那一边。'.repeat(2)
const EXPECTED = [/net::ERR_INTERNET_DISCONNECTED/]

/** Who reads first, and then asks. */
const READERS = new Map([
  [PHONE, 'learner110'],
  [DESK, 'learner116'],
])
const QUESTION = '停电的时候，两个年级怎么分组？'

const t = wordsOf('zh-CN')
const say = (key, slots) => t('task-board/learn', key, slots)

/** In the page: whether the device keeps an answer whose key says so. */
const isKept = (part) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('lingxue')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys()
      keys.onsuccess = () => {
        opening.result.close()
        resolve(keys.result.some((key) => key.includes(part)))
      }
    }
  })

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
  test(`a learner reads and reflects without a network (${size.name})`, async () => {
    const learner = await asking(lingxue, LEARNERS.get(size))
    const { items } = await learner.get('/api/v1/my/classes')
    const { class_id: classId } = items.find((each) => each.my_role === 'learner')
    const { list, total, week } = await learner.get(`/api/v1/classes/${classId}/this-week`)
    await learner.post(`/api/v1/task-lists/${list.id}/claim`)
    const [reading, other] = list.tasks.filter((task) => task.kind === 'read')
    const reflection = list.tasks.find((task) => task.kind === 'reflect')

    const page = await browser.person(lingxue.url, { size, expectedErrors: EXPECTED })
    const ring = (done) => page.getByRole('img', { name: say('week.ring', { done, all: total }) })
    const task = async ({ title }) => {
      await page.getByRole('main').getByRole('link').filter({ hasText: title }).last().click()
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    }
    // Once with a network: the program and the week's texts come onto the device by themselves.
    const texts = [reading.id, other.id, reflection.id, `${reflection.id}/reflection`].map((text) =>
      page.waitForResponse((response) => response.url().endsWith(`/api/v1/tasks/${text}`)),
    )
    await signIn(page, LEARNERS.get(size), lingxue.password)
    await ring(0).waitFor()
    await Promise.all(texts)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole('heading', { name: say('week.title', { n: week }), level: 1 }).waitFor()
    await ring(0).waitFor()
    await page.getByText(t('common', 'offline')).waitFor()
    await checkAccess(page)
    await shot(page, 'week-offline')

    await task(reading)
    await page.getByRole('button', { name: say('read.done') }).click()
    await page.getByText(say('task.kept'), { exact: true }).waitFor()
    await checkAccess(page)
    await page.goBack()
    await page.getByRole('listitem').filter({ hasText: reading.title }).getByText(say('task.waits')).waitFor()

    await task(reflection)
    await page.getByLabel(say('reflect.label')).fill(REFLECTION)
    await page.getByRole('button', { name: say('reflect.handIn') }).click()
    await page.getByText(say('reflect.waits')).waitFor()
    await checkAccess(page)
    await shot(page, 'reflection-waits')

    await page.context().setOffline(false)
    await page.getByText(say('reflect.handedIn')).waitFor()
    await page.goto('/learn')
    await ring(2).waitFor()
    const { body } = await learner.get(`/api/v1/tasks/${reflection.id}/reflection`)
    assert.equal(body, REFLECTION)
    await page.context().close()
  })
}

for (const size of [PHONE, DESK]) {
  test(`what was read is there without a network, and a question written meanwhile is sent once (${size.name})`, async () => {
    const learner = await asking(lingxue, READERS.get(size))
    const { items } = await learner.get('/api/v1/my/classes')
    const { class_id: classId } = items.find((each) => each.my_role === 'learner')
    const { total, done, week } = await learner.get(`/api/v1/classes/${classId}/this-week`)
    const topics = await learner.get(`/api/v1/classes/${classId}/topics`)
    const [topic] = topics.items
    const notices = await learner.get('/api/v1/notices?limit=30')
    const told = await learner.get(`/api/v1/classes/${classId}/announcements?limit=20`)
    /** Each page with something that only its answer can have brought, and the answers that the device is to keep of it. */
    const pages = [
      ['/learn', (page) => page.getByRole('img', { name: say('week.ring', { done, all: total }) })],
      [`/learn/weeks/${week}`, (page) => page.getByRole('img', { name: say('week.ring', { done, all: total }) }), '"week"'],
      ['/learn/messages', (page) => page.getByText(notices.items[0].text).first(), '"notices"'],
      [`/learn/classes/${classId}/announcements`, (page) => page.getByText(told.items[0].title).first(), '"announcements"'],
      [`/learn/classes/${classId}/topics`, (page) => page.getByRole('link', { name: topic.title }).first(), '"topics"'],
      [`/learn/topics/${topic.id}`, (page) => page.getByRole('heading', { name: topic.title, level: 1 }), '"topic"'],
      ['/learn/standing', (page) => page.getByRole('heading', { name: t('assessment/learn', 'standing.parts') }), '"standing"'],
      ['/learn/certificates', (page) => page.getByText(t('certificate-issuer/learn', 'credits.title')).first(), '"my-credits"', '"my-certificates"'],
      ['/learn/ask', (page) => page.getByLabel(t('forum-websocket/exchange', 'new.title')), '"class-allocation","mine"'],
    ]
    const page = await browser.person(lingxue.url, { size, expectedErrors: EXPECTED })
    await signIn(page, READERS.get(size), lingxue.password)
    for (const [address, found, ...answers] of pages) {
      await page.goto(address)
      await found(page).waitFor()
      await page.getByText(t('common', 'keptAt')).waitFor({ state: 'detached' })
      // Whoever leaves a page before an answer came, or before the device has it, has not read it.
      for (const answer of answers) await page.waitForFunction(isKept, answer)
    }
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

    await page.context().setOffline(true)
    for (const [address, found] of pages) {
      await page.goto(address)
      await found(page).waitFor()
      // From when it is; the form of a question says nothing of an age.
      await page.getByText(t('common', 'keptAt')).first().waitFor()
      assert.equal(await page.getByRole('alert').count(), 0, `${address} calls what was read a failure`)
    }
    await shot(page, 'ask-offline')
    const title = `${QUESTION}（${size.name}）`
    await page.getByLabel(t('forum-websocket/exchange', 'new.title')).fill(title)
    await page.getByLabel(t('forum-websocket/exchange', 'new.question')).fill('手电筒只有一支，一边讲一边练，怎么排？')
    await page.getByRole('button', { name: t('forum-websocket/exchange', 'new.ask') }).click()
    await page.getByRole('listitem').filter({ hasText: title }).getByText(t('forum-websocket/exchange', 'topics.waiting')).waitFor()
    await checkAccess(page)
    await shot(page, 'question-waits')

    await page.context().setOffline(false)
    await page.getByRole('link', { name: title }).waitFor()
    await page.getByText(t('forum-websocket/exchange', 'topics.waiting'), { exact: true }).waitFor({ state: 'detached' })
    const { items: now } = await learner.get(`/api/v1/classes/${classId}/topics`)
    assert.equal(now.filter((each) => each.title === title).length, 1, 'the question was sent once')
    await page.context().close()
  })
}
