// What leads ask about a training's board.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'

export interface Settings extends Schema<'BoardSettings'> {
  version: number
}

type Answering = Promise<{ data?: Schema<'BoardSettings'>; error?: unknown; response: Response }>

const pathOf = (training_id: string) => ({ path: { training_id } })

/** Their version stands beside them, as `ETag: "v3"`. */
async function versioned(answering: Answering): Promise<Settings> {
  const settings = await call(answering)
  const { response } = await answering
  return { ...settings, version: Number(/\d+/.exec(response.headers.get('ETag') ?? '')?.[0] ?? 0) }
}

export const readSettings = (trainingId: string) =>
  versioned(api.GET('/api/v1/trainings/{training_id}/board-settings', { params: pathOf(trainingId) }))

export const saveSettings = (trainingId: string, ifMatch: string, body: Schema<'BoardSettings'>) =>
  versioned(
    api.PUT('/api/v1/trainings/{training_id}/board-settings', {
      params: { ...pathOf(trainingId), header: { 'If-Match': ifMatch } },
      body,
    }),
  )

export const settingsOf = (trainingId: MaybeRefOrGetter<string>) =>
  queryOptions({
    queryKey: ['task-board', 'versioned-settings', trainingId],
    queryFn: () => readSettings(toValue(trainingId)),
  })
