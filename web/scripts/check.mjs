// Lint, format and types at once: the types take as long as the other two together, so two cores are both busy to the end.
// All three are told, each in one piece; one that complains fails the check.
import { spawn } from 'node:child_process'

const lanes = [['vue-tsc --noEmit -p tsconfig.json'], ['eslint .', 'prettier --check .']]

/** What a tool said, once it has ended; npm has put the tools on the path. */
function run(command) {
  const [tool, ...args] = command.split(' ')
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(tool, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...colours },
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (said.length > 0) process.stdout.write(Buffer.concat(said))
      if (code !== 0) console.error(`check: ${command} failed`)
      resolve(code === 0)
    })
  })
}

async function inTurn(commands) {
  let isClean = true
  for (const command of commands) isClean = (await run(command)) && isClean
  return isClean
}

const all = await Promise.all(lanes.map(inTurn))
if (all.includes(false)) process.exitCode = 1
