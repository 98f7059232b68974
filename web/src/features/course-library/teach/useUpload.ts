// Answers how a file travels up: how far it is, what went wrong, and one key for all tries of the same file.
import { useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { uploadFile } from '@/shared/api/files'
import { Problem } from '@/shared/api/problem'
import { freshId } from '@/shared/lib/id'
import { libraryQueries } from '../queries'

export function useUpload() {
  const client = useQueryClient()
  const share = ref<number>()
  const problem = shallowRef<Problem>()
  const leaving = new AbortController()
  let key = { id: freshId(), of: '' }

  /** True when it arrived. */
  async function upload(path: string, file: File, fields: Record<string, string> = {}): Promise<boolean> {
    const of = [path, file.name, file.size, file.lastModified, JSON.stringify(fields)].join('|')
    if (key.of !== of) key = { id: freshId(), of }
    share.value = 0
    problem.value = undefined
    try {
      const onProgress = (done: number) => (share.value = done)
      await uploadFile(path, file, { fields, key: key.id, onProgress, signal: leaving.signal })
      key = { id: freshId(), of: '' }
      await client.invalidateQueries({ queryKey: libraryQueries.all })
      return true
    } catch (cause) {
      problem.value = Problem.from(cause)
      if (!problem.value.mayPass) key = { id: freshId(), of: '' }
      return false
    } finally {
      share.value = undefined
    }
  }

  onScopeDispose(() => leaving.abort())
  return { upload, share, problem }
}
