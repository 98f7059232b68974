// Can everybody use the page? Asks axe for the rules of WCAG 2.2, levels A and AA.
import assert from 'node:assert/strict'
import { axeSource } from './packages.mjs'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const SHOWN = 10

/** Fails with every violation, the elements that have it, and what is wrong with each. */
export async function checkAccess(page) {
  const violations = await accessViolations(page)
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, SHOWN).map((node) => {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ')
      return `    ${node.target.join(' ')}  ${node.html.slice(0, 160)}\n      ${why}`
    })
    if (nodes.length > SHOWN) places.push(`    and ${nodes.length - SHOWN} more`)
    return [`${id}: ${help}`, ...places].join('\n')
  })
  assert.equal(violations.length, 0, `${page.url()} at ${page.size.name}:\n${told.join('\n')}`)
}

export async function accessViolations(page) {
  await page.setViewportSize({ width: page.size.width, height: await wholeHeight(page) })
  try {
    return await violationsNow(page)
  } finally {
    await page.setViewportSize({ width: page.size.width, height: page.size.height })
  }
}

/** Room for a line that comes while the checker looks. */
const GROWS_BY = 200

/** A link that is half under the phone's bar seems too small a target; a person scrolls, the checker gets a long screen. */
async function wholeHeight(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  return Math.max(page.size.height, height + GROWS_BY)
}

async function violationsNow(page) {
  // Through the debugger, so that the page's own security policy need not allow it.
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }),
    RULES,
  )
  return violations
}
