// Signing the version of a charter that was read. Tasks open with it, so what is known of them is asked again.
import { api, call } from '@/shared/api'
import { useAction } from '@/shared/api/useAction'
import { useNewest } from '@/shared/decision/useAsRead'
import { classQueries } from './queries'

export function useSignCharter(classId: () => string, onDone: () => unknown) {
  const newest = useNewest(classQueries.all)
  return useAction({
    run: (version: number, { headers }) =>
      newest.decide(() =>
        call(
          api.POST('/api/v1/classes/{class_id}/charter/sign', {
            params: { path: { class_id: classId() } },
            body: { version },
            headers,
          }),
        ),
      ),
    refreshes: [classQueries.all, ['task-board']],
    onDone,
  })
}
