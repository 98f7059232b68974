// Fails the build when the learner's first page became too heavy: bytes, requests, or a desk library in its graph.
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'

const DIST = new URL('../dist/', import.meta.url)
const MOST_BYTES = 80 * 1024
const MOST_REQUESTS = 6
const FORBIDDEN = /element-plus|echarts|zrender|hls\.js|tus-js-client/

const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', DIST), 'utf8'))
const week = Object.keys(manifest).find((key) => manifest[key].name === 'home')

// What the document names itself, then what its first page brings.
const html = await readFile(new URL('index.html', DIST), 'utf8')
const files = new Set(
  [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]),
)
if (week) collect(week)
const sizes = await Promise.all([...files].map(async (file) => ({ file, bytes: await sizeOf(file) })))
const bytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
// One more for the document itself.
const requests = files.size + 1

console.log(`This week: ${(bytes / 1024).toFixed(1)} kB brotli in ${requests} requests (at most 80 kB in 6)`)
for (const { file, bytes } of sizes) console.log(`  ${(bytes / 1024).toFixed(1).padStart(6)} kB  ${file}`)
const guilty = await forbiddenIn(files)
if (!week && existsSync(new URL('../src/features/task-board/routes.ts', import.meta.url)))
  fail('the learner has no home page')
if (bytes > MOST_BYTES) fail(`${bytes - MOST_BYTES} bytes too many`)
if (requests > MOST_REQUESTS) fail(`${requests - MOST_REQUESTS} requests too many`)
if (guilty.length > 0) fail(`a desk library is in it: ${guilty.join(', ')}`)

function collect(key) {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file) || chunk.isEntry) return
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const imported of chunk.imports ?? []) collect(imported)
}

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
