// A picture of the page as its person sees it, named for the moment and the size.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

const folder = process.env.LINGXUE_TEST_SHOTS ?? fileURLToPath(new URL('../../../.test/screenshots', import.meta.url))

export async function shot(page, name, { fullPage = false } = {}) {
  await mkdir(folder, { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  const file = path.join(folder, `${name}-${page.size.name}.png`)
  await page.screenshot({ path: file, fullPage, animations: 'disabled', caret: 'hide' })
  return file
}
