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

  /** What came of it when it arrived. `ifMatch` is the version of what it goes to. */
  async function upload<Answer = unknown>(
    path: string,
    file: File,
    { mostMb, fields = {}, ifMatch }: { mostMb: number; fields?: Record<string, string>; ifMatch?: string },
  ): Promise<Answer | undefined> {
    const of = [path, file.name, file.size, file.lastModified, JSON.stringify(fields), ifMatch].join('|')
    if (key.of !== of) key = { id: freshId(), of }
    share.value = 0
    problem.value = undefined
    try {
      const onProgress = (done: number) => (share.value = done)
      const { signal } = leaving
      const options = { mostMb, fields, key: key.id, ...(ifMatch ? { ifMatch } : {}), onProgress, signal }
      const answer = await uploadFile<Answer>(path, file, options)
      key = { id: freshId(), of: '' }
      await client.invalidateQueries({ queryKey: libraryQueries.all })
      return answer
    } catch (cause) {
      problem.value = Problem.from(cause)
      // Whoever opens the form again sees what is there by now.
      if (problem.value.code === 'edit.conflict')
        void client.invalidateQueries({ queryKey: libraryQueries.all })
      if (!problem.value.mayPass) key = { id: freshId(), of: '' }
      return undefined
    } finally {
      share.value = undefined
    }
  }

  onScopeDispose(() => leaving.abort())
  return { upload, share, problem }
}
