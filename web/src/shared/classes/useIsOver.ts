// Answers whether the training of a class of mine is over: nothing is asked, answered in time or graded there any more.
import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { myClasses, type MyClass } from './myClasses'

export function isOver(mine: MyClass): boolean {
  return mine.training_state === 'closed'
}

/** `isKnown` also when nobody answers: then it is taken to be running. */
export function useIsOver(classId: MaybeRefOrGetter<string | undefined>) {
  const mine = useQuery(myClasses)
  return {
    isKnown: computed(() => !mine.isPending.value),
    isOver: computed(
      () => mine.data.value?.items.some((one) => one.class_id === toValue(classId) && isOver(one)) === true,
    ),
  }
}
