// Answers what is still there of what was read, when the next visit begins without a network.
import type { QueryClient } from '@tanstack/vue-query'
import { expect } from 'vitest'
import { deviceDb } from '@/shared/outbox/db'
import { createQueryClient, keepOnDevice, restoreKept } from '@/shared/query/client'
import { freshId } from '@/shared/lib/id'

/** `read` is what was read with a network, `rows` how many answers of it the device keeps; gives the cache of the next visit. */
export async function readAgain(
  read: (client: QueryClient) => Promise<unknown>,
  rows = 1,
): Promise<QueryClient> {
  const user = `per_${freshId()}`
  const client = createQueryClient()
  keepOnDevice(client, () => user)
  await read(client)
  const kept = async () => (await (await deviceDb()).getAllFromIndex('kept', 'user', user)).length
  await expect.poll(kept).toBe(rows)
  const next = createQueryClient()
  await restoreKept(next, user)
  return next
}
