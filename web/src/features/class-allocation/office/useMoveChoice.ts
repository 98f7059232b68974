// Answers where a learner may be moved to, in exchange for whom, and what would change: on the board as it was when the person began to
// decide, or was told that it has changed.
import { useQuery } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Schema } from '@/shared/api'
import { officeText } from '../messages'
import { boardQueries, type Move } from './queries'

type Board = Schema<'AllocationView'>
type Learner = Schema<'BoardLearnerView'>

/** A class takes no more. */
const SEATS = 20

/** `to` is the class that is chosen to begin with. */
export function useMoveChoice(board: () => Board, learner: () => Learner, to: string | undefined) {
  const { t } = officeText
  const classId = ref(to)
  const exchangeWith = ref<string>()
  const seen = shallowRef(board())
  const who = computed(() => {
    const { classes, unplaced } = seen.value
    const all = [...classes.flatMap((group) => group.learners), ...unplaced]
    return all.find((one) => one.person_id === learner().person_id) ?? learner()
  })
  const isPlacing = computed(() => !who.value.placement_id)
  const targets = computed(() =>
    seen.value.classes
      .filter((group) => !group.learners.some((one) => one.person_id === learner().person_id))
      .map(({ id: value, name, learners }) => {
        // Whoever has no seat yet has none to exchange.
        const disabled = isPlacing.value && learners.length >= SEATS
        return {
          value,
          label: t(disabled ? 'class.full' : 'class.choice', { name, n: learners.length }),
          disabled,
        }
      }),
  )
  const partners = computed(() => {
    const group = seen.value.classes.find((one) => one.id === classId.value)
    return (group?.learners ?? []).flatMap((one) =>
      !one.placement_id ? [] : [{ value: one.placement_id, label: partnerLabel(one) }],
    )
  })
  const move = computed<Move | undefined>(() =>
    classId.value === undefined || !who.value.placement_id
      ? undefined
      : {
          placementId: who.value.placement_id,
          classId: classId.value,
          exchangeWith: exchangeWith.value,
          version: seen.value.version,
        },
  )
  const effect = useQuery(boardQueries.effect(move))
  const isFull = computed(
    () => effect.data.value?.broken_rules.some((broken) => broken.rule === 'class_full') === true,
  )

  watch(classId, () => (exchangeWith.value = undefined))

  /** What was chosen on another board is kept where it is still there to choose. */
  function look() {
    seen.value = board()
    if (!targets.value.some(({ value, disabled }) => value === classId.value && !disabled))
      classId.value = undefined
    if (!partners.value.some(({ value }) => value === exchangeWith.value)) exchangeWith.value = undefined
  }

  return {
    classId,
    exchangeWith,
    isPlacing,
    targets,
    partners,
    move,
    effect,
    isFull,
    version: () => seen.value.version,
    look,
  }
}

function partnerLabel(one: Learner): string {
  return [one.name, one.county, one.subject].filter(Boolean).join(' · ')
}
