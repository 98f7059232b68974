// Starts the program on a free port with a data folder of its own, and stops it as an operator would.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const program =
  process.env.LINGXUE_TEST_BIN ?? fileURLToPath(new URL('../../../target/debug/lingxue', import.meta.url))
const SIGN_INS = 'demo-sign-ins.json'
const READY_WITHIN_MS = 30_000
const STOPPED_WITHIN_MS = 15_000

/**
 * `demo` fills the database with the demo training first; `settings` are further LINGXUE_... variables.
 * Answers `{ url, folder, password, run(...words), stop() }`: `password` is that of everybody in the demo, `run` calls the
 * program's other commands on the same data.
 */
export async function startLingxue({ demo = false, settings = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'lingxue-browser-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    LINGXUE_SERVER_LISTEN: `127.0.0.1:${port}`,
    LINGXUE_SERVER_METRICS_LISTEN: '127.0.0.1:0',
    LINGXUE_SERVER_PUBLIC_URL: url,
    // Everybody in a journey comes from one address, and faster than people do.
    LINGXUE_SERVER_REQUESTS_PER_SECOND: '0',
    LINGXUE_DATA_FOLDER: folder,
    ...settings,
  }
  const run = async (...words) => (await promisify(execFile)(program, words, { env, cwd: folder })).stdout
  if (demo) await fill(folder, run)
  else await run('migrate')

  const server = spawn(program, ['serve'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => said.push(text))
  const words = () => Buffer.concat(said).toString().slice(-4000)
  // A test that dies must not leave a server behind.
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(server, 'exit')

  try {
    await ready(url, server, words)
  } catch (problem) {
    kill()
    throw problem
  }

  async function stop() {
    server.kill('SIGTERM')
    const late = new Promise((resolve) => setTimeout(resolve, STOPPED_WITHIN_MS, ['late']).unref())
    const [code] = await Promise.race([ended, late])
    kill()
    process.removeListener('exit', kill)
    await rm(folder, { recursive: true, force: true })
    assert.equal(code, 0, `the server did not stop cleanly (${code}):\n${words()}`)
  }
  const password = demo ? JSON.parse(await readFile(path.join(folder, SIGN_INS), 'utf8')).password : undefined
  return { url, folder, password, run, stop }
}

/** Filling takes long; the files of one run copy what the first of them filled. */
async function fill(folder, run) {
  const filled = process.env.LINGXUE_TEST_DEMO && path.join(process.env.LINGXUE_TEST_DEMO, 'filled')
  if (filled && existsSync(filled)) return cp(filled, folder, { recursive: true })
  await run('migrate')
  await run('demo')
  if (!filled) return
  await cp(folder, `${filled}-${process.pid}`, { recursive: true })
  await rename(`${filled}-${process.pid}`, filled)
}

async function ready(url, server, words) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    assert.equal(server.exitCode, null, `the server ended before it was ready:\n${words()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail(`the server was not ready within ${READY_WITHIN_MS} ms:\n${words()}`)
}

async function freePort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address()
  holder.close()
  await once(holder, 'close')
  return port
}
