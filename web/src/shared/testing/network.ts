// Keeps specs off the real network: whoever asks it is refused, and whoever asks it without having said so fails the spec.
import { Socket } from 'node:net'

let asked: string[] = []

/** For as long as the file lives, so also for what a page still asks when its spec is over. */
export function cutNetwork() {
  globalThis.fetch = (input) => {
    asked.push(input instanceof Request ? `${input.method} ${input.url}` : String(input))
    return Promise.reject(new TypeError('no network'))
  }
  // Whatever goes another way: an upload, a picture, a socket.
  Socket.prototype.connect = function (...to: unknown[]) {
    asked.push(`a connection to ${JSON.stringify(to.flat()[0])}`)
    process.nextTick(() => this.destroy(new TypeError('no network')))
    return this
  }
}

/** What was asked since it was looked at last. */
export function askedInVain(): string[] {
  const all = asked
  asked = []
  return all
}
