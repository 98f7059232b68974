// @vitest-environment node
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const CONTRACT = new URL('../../../docs/openapi.json', import.meta.url)

test.runIf(existsSync(CONTRACT))('the types are those of the contract (else: npm run gen:api)', async () => {
  const { typesOfContract } = (await import('../../scripts/gen-api.mjs')) as {
    typesOfContract: () => Promise<string>
  }
  const committed = await readFile(new URL('./schema.d.ts', import.meta.url), 'utf8')
  expect(committed === (await typesOfContract())).toBe(true)
})
