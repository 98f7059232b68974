// Gives specs the channel between windows that a browser has. The simulated window has none.
import { BroadcastChannel as NodeChannel } from 'node:worker_threads'
import { freshId } from '@/shared/lib/id'

/** Node's reaches every thread of the process, so also the other specs: one file is one device, and its channels are its own. */
const device = freshId()

export class DeviceChannel extends NodeChannel {
  constructor(name: string) {
    super(`${device} ${name}`)
  }
}
