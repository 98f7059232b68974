// Answers when a page has come to rest: specs wait for that, and not for a number of turns or a time.
// A page goes on by itself only by tasks that are due at once (the device's database, the cache's news, a stream) and by files that it
// loads. Timers that a page sets for later belong to a spec's own clock, and answers that a spec holds back to the spec.
import { flushPromises } from '@vue/test-utils'
import { vi } from 'vitest'

const due = new Set<unknown>()
// Not counted, and not a spec's to put forward.
const { setTimeout: wake } = globalThis

type Act = (...args: unknown[]) => unknown

/** Before anything of the page is loaded: what it schedules is counted from then on. */
export function countTasks() {
  const { setTimeout, clearTimeout, setImmediate, clearImmediate } = globalThis
  const counted =
    (set: (act: Act, ...rest: unknown[]) => unknown, isSoon: (wait: unknown) => boolean) =>
    (act: Act, ...rest: unknown[]) => {
      if (!isSoon(rest[0])) return set(act, ...rest)
      const task = set(
        (...args) => {
          due.delete(task)
          return act(...args)
        },
        ...rest,
      )
      due.add(task)
      return task
    }
  const forgotten = (clear: (task: never) => void) => (task: unknown) => {
    due.delete(task)
    clear(task as never)
  }
  Object.assign(globalThis, {
    setTimeout: counted(setTimeout as never, (wait) => Number(wait ?? 0) <= 1),
    clearTimeout: forgotten(clearTimeout),
    setImmediate: counted(setImmediate as never, () => true),
    clearImmediate: forgotten(clearImmediate),
  })
}

/** Until what was asked has been answered and drawn, and nothing more comes of it. */
export async function settle(): Promise<void> {
  do {
    // Twice: what ran in the first turn may still be on its way to the next task.
    for (let calm = 0; calm < 2; calm = due.size === 0 ? calm + 1 : 0) {
      // The shortest sleep, in which many tasks find their turn.
      if (due.size > 0) await new Promise((resolve) => wake(resolve))
      await flushPromises()
    }
    await vi.dynamicImportSettled()
    await flushPromises()
  } while (due.size > 0)
}
