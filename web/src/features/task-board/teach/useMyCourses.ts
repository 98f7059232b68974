// Answers which trainings and classes I lead, and what I may do there: from what I was granted.
import { computed } from 'vue'
import { useSession } from '@/shared/session/session'

export interface Led {
  id: string
  name: string
}

export function useMyCourses() {
  const session = useSession()
  const grants = computed(() => session.me?.grants ?? [])
  const on = (kind: string, roles: readonly string[]): Led[] => {
    const found = new Map<string, Led>()
    for (const grant of grants.value) {
      if (grant.scope_kind !== kind || !roles.includes(grant.role) || !grant.scope_id) continue
      found.set(grant.scope_id, { id: grant.scope_id, name: grant.scope_name ?? '' })
    }
    return [...found.values()].sort((one, other) => (one.id < other.id ? 1 : -1))
  }
  const trainings = computed(() => on('training', ['assistant', 'expert', 'training_lead']))
  const classes = computed(() => on('class', ['assistant', 'expert']))
  /** Experts and the lead make the course; assistants publish it. */
  const canMake = (trainingId: string) =>
    on('training', ['expert', 'training_lead']).some((training) => training.id === trainingId)
  return { trainings, classes, canMake }
}
