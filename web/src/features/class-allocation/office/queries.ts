// What the allocation board asks the server.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

const of = (trainingId: MaybeRefOrGetter<string>) => ({
  params: { path: { training_id: toValue(trainingId) } },
})

export interface Move {
  placementId: string
  classId: string
  exchangeWith: string | undefined
  /** Of the board: on another one the same move does something else. */
  version: number
}

export const boardQueries = {
  all: ['class-allocation'],
  board: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['class-allocation', 'board', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/allocation', of(trainingId))),
    }),
  opening: (trainingId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['class-allocation', 'opening', trainingId],
      queryFn: () => call(api.GET('/api/v1/trainings/{training_id}/opening', of(trainingId))),
    }),
  /** Asks only when there is a class to go to. */
  effect: (move: MaybeRefOrGetter<Move | undefined>) =>
    queryOptions({
      queryKey: ['class-allocation', 'effect', move],
      queryFn: () => {
        const { placementId, classId, exchangeWith } = toValue(move) ?? NOWHERE
        return call(
          api.GET('/api/v1/placements/{placement_id}/effect', {
            params: {
              path: { placement_id: placementId },
              query: { class_id: classId, exchange_with: exchangeWith },
            },
          }),
        )
      },
      enabled: () => toValue(move) !== undefined,
    }),
}

const NOWHERE: Move = { placementId: '', classId: '', exchangeWith: undefined, version: 0 }
