// A stranger checks a certificate: by the address printed on it, by its number, by its files; what was altered is refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asking, checkAccess, DESK, openBrowser, PHONE, shot, startLingxue, wordsOf } from './support/index.mjs'

const LEARNER = 'learner01'
const t = wordsOf('zh-CN')
const say = (key, slots) => t('certificate-issuer/public', key, slots)

let lingxue, browser, certificate, pdf, credential
before(async () => {
  lingxue = await startLingxue({ demo: true })
  browser = await openBrowser()
  const learner = await asking(lingxue, LEARNER)
  const { items } = await learner.get('/api/v1/my/certificates')
  certificate = items[0]
  pdf = await learner.bytes(`/api/v1/certificates/${certificate.id}/pdf`)
  credential = await learner.bytes(`/api/v1/certificates/${certificate.id}/credential.jwt`)
})
after(async () => {
  await browser?.close()
  await lingxue?.stop()
})

const dateOf = (day) => new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))

/** As the paper has it: a year that is the same is said once. */
const endOf = (from, to) => (from.slice(0, 4) === to.slice(0, 4) ? dateOf(to).replace(/^\d+年/, '') : dateOf(to))

/** All that is printed stands there, to be compared line by line with the paper. */
async function showsEveryField(page) {
  await page.getByRole('heading', { name: say('valid') }).waitFor()
  const paper = page.getByRole('article')
  const { printed, serial, issued_on: issued } = certificate
  const lines = [
    printed.learner_name,
    say('paper.statement', {
      from: dateOf(printed.starts_on),
      to: endOf(printed.starts_on, printed.ends_on),
      title: printed.training_title,
    }),
    say(`grade.${printed.grade}`),
    serial,
    printed.assessed_by,
    printed.issuer_name,
    dateOf(issued),
  ]
  for (const line of lines) await paper.getByText(line, { exact: true }).first().waitFor()
  for (const [term, value] of [
    ['hours', printed.hours],
    ['credits', printed.credits],
  ]) {
    const fact = paper.getByRole('term').filter({ hasText: say(term) }).locator('xpath=..')
    await fact.getByText(String(value), { exact: true }).waitFor()
  }
}

/** Gives a file to the page, as if it had been chosen from the device. */
async function verifyFile(page, name, buffer) {
  await page.goto('/verify')
  await page.getByLabel(say('file.choose')).setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

for (const size of [PHONE, DESK]) {
  test(`a stranger verifies by the printed address (${size.name})`, async () => {
    const printed = new URL(certificate.verify_url)
    const page = await browser.person(lingxue.url, { size })
    await page.goto(printed.pathname + printed.search)
    await showsEveryField(page)
    await checkAccess(page)
    await shot(page, 'verify')
    await page.context().close()
  })

  test(`a stranger verifies by number and key (${size.name})`, async () => {
    const page = await browser.person(lingxue.url, { size, expectedErrors: [/404 .*\/public\/certificates\//] })
    const check = page.getByRole('main').getByRole('button', { name: say('check'), exact: true })
    await page.goto('/verify')
    await check.click()
    await page.getByText(say('missing.serial')).waitFor()
    await checkAccess(page)
    await page.getByLabel(say('serial')).fill(certificate.serial)
    await page.getByLabel(say('key')).fill('00000000')
    await check.click()
    await page.getByRole('alert').waitFor()
    await checkAccess(page)
    // As it is typed from paper: small letters and a space too many, full width, without hyphens, a letter for the digit it looks like.
    const key = new URL(certificate.verify_url).searchParams.get('k')
    for (const [serial, typed] of [
      [` ${certificate.serial.toLowerCase()} `, key],
      [wide(certificate.serial), wide(key)],
      [certificate.serial.replaceAll('-', '').replaceAll('0', 'O'), key.replaceAll('0', 'o').toUpperCase()],
    ]) {
      await page.goto('/verify')
      await page.getByLabel(say('serial')).fill(serial)
      await page.getByLabel(say('key')).fill(typed)
      await check.click()
      await showsEveryField(page)
    }
    await page.context().close()
  })

  test(`a stranger verifies the files themselves, and is told what was altered (${size.name})`, async () => {
    const page = await browser.person(lingxue.url, { size, expectedErrors: [/422 .*\/certificates\/verify/] })
    await verifyFile(page, `${certificate.serial}.pdf`, pdf)
    await showsEveryField(page)
    await checkAccess(page)
    await verifyFile(page, `${certificate.serial}.jwt`, credential)
    await showsEveryField(page)

    // As mail programs leave them: a line's end behind the PDF, the credential wrapped into lines.
    await verifyFile(page, `${certificate.serial}.pdf`, Buffer.concat([pdf, Buffer.from('\n')]))
    await showsEveryField(page)
    await page.getByText(say('otherEnd')).waitFor()
    await verifyFile(page, `${certificate.serial}.jwt`, Buffer.from(`\ufeff${wrapped(credential.toString())}\r\n`))
    await showsEveryField(page)

    await verifyFile(page, 'repainted.pdf', Buffer.concat([pdf, Buffer.from('\n% something more\n')]))
    await page.getByRole('heading', { name: say('differs') }).waitFor()
    await page.getByText(say('differs.compare')).waitFor()
    await page.getByRole('article').getByText(certificate.printed.learner_name, { exact: true }).first().waitFor()
    assert.equal(await page.getByRole('heading', { name: say('valid'), exact: true }).count(), 0)
    await checkAccess(page)
    await shot(page, 'verify-differs')

    await verifyFile(page, 'altered.jwt', renamed(credential, certificate.printed.learner_name))
    const refusal = page.getByRole('alert')
    await refusal.waitFor()
    assert.match(await refusal.innerText(), /改动/)
    assert.equal(await page.getByRole('heading', { name: say('valid') }).count(), 0)
    await checkAccess(page)
    await shot(page, 'verify-altered')
    await page.context().close()
  })
}

const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const wrapped = (text) => text.replace(/.{76}/g, '$&\r\n')

/** Somebody else's name under the same signature. */
function renamed(token, name) {
  const [head, payload, signature] = token.toString().split('.')
  const other = Buffer.from(payload, 'base64url').toString().replaceAll(name, '赵无名')
  assert.ok(other.includes('赵无名'), 'the credential names its holder')
  return Buffer.from([head, Buffer.from(other).toString('base64url'), signature].join('.'))
}
