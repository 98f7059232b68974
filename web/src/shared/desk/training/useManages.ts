// Answers whether I lead a training: who only watches over it reads.
import { computed } from 'vue'
import { useSession } from '@/shared/session/session'

export function useManages(trainingId: () => string) {
  const session = useSession()
  return computed(
    () =>
      session.me?.grants.some(
        (grant) =>
          grant.role === 'administrator' ||
          (grant.role === 'training_lead' && grant.scope_id === trainingId()),
      ) === true,
  )
}
