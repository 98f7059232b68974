// Fails the build when the learner's first page became too heavy: bytes, requests, or a desk library in its graph.
import { readFile, stat } from 'node:fs/promises'

const DIST = new URL('../dist/', import.meta.url)
const MOST_BYTES = 80 * 1024
const MOST_REQUESTS = 6
const FORBIDDEN = /element-plus|echarts|zrender|hls\.js|tus-js-client/

// What the document names is all: the build puts the learner's home into the core (vite-plugins/file-of.ts).
const html = await readFile(new URL('index.html', DIST), 'utf8')
const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1])
const sizes = await Promise.all(files.map(async (file) => ({ file, bytes: await sizeOf(file) })))
const bytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
// One more for the document itself.
const requests = files.length + 1

console.log(`This week: ${(bytes / 1024).toFixed(1)} kB brotli in ${requests} requests (at most 80 kB in 6)`)
for (const { file, bytes } of sizes) console.log(`  ${(bytes / 1024).toFixed(1).padStart(6)} kB  ${file}`)
const guilty = await forbiddenIn(files)
if (bytes > MOST_BYTES) fail(`${bytes - MOST_BYTES} bytes too many`)
if (requests > MOST_REQUESTS) fail(`${requests - MOST_REQUESTS} requests too many`)
if (guilty.length > 0) fail(`a desk library is in it: ${guilty.join(', ')}`)

async function forbiddenIn(list) {
  const found = []
  for (const file of list) {
    const source = await readFile(new URL(file, DIST), 'utf8')
    if (FORBIDDEN.test(file) || /\.el-button|"ElTable"|echarts/.test(source)) found.push(file)
  }
  return found
}

async function sizeOf(file) {
  const compressed = await stat(new URL(`${file}.br`, DIST)).catch(() => undefined)
  return (compressed ?? (await stat(new URL(file, DIST)))).size
}

function fail(reason) {
  console.error(`The learner's first page is over its budget: ${reason}.`)
  process.exitCode = 1
}
