// Writes the types of the server's contract: packages/api-client/schema.d.ts from ../docs/openapi.json.
import { readFile, writeFile } from 'node:fs/promises'
import openapi, { astToString } from 'openapi-typescript'

const CONTRACT = new URL('../../docs/openapi.json', import.meta.url)
const TYPES = new URL('../packages/api-client/schema.d.ts', import.meta.url)

export async function typesOfContract() {
  const document = JSON.parse(await readFile(CONTRACT, 'utf8'))
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) withoutKey(operation)
  }
  return astToString(await openapi(document))
}

/** The transport gives every POST its idempotency key; a page that forgets it must not be asked by the types. */
function withoutKey(operation) {
  if (!Array.isArray(operation.parameters)) return
  operation.parameters = operation.parameters.filter((parameter) => parameter.name !== 'Idempotency-Key')
}

// `--print` writes to standard output, for checks that compare.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const types = await typesOfContract()
  if (process.argv.includes('--print')) process.stdout.write(types)
  else await writeFile(TYPES, types)
}
