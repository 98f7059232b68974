// What the pages of staff ask the server about lists, publication and progress.
import { queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'
import { everyItem } from '@/shared/api/everyItem'
import { send } from '@/shared/api/fetch'
import { problemOf } from '@/shared/api/problem'

type Id = MaybeRefOrGetter<string>

interface Named {
  items: { id: string; title: string; title_en?: string; work_kind?: string }[]
}

/** Lists of a later area, of which only names and ids matter here. */
async function named(path: string): Promise<Named> {
  const response = await send(new Request(new URL(path, location.origin)))
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as Named
}

export const courseQueries = {
  all: ['task-board'],
  lists: (trainingId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'lists', trainingId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/task-lists', {
            params: { path: { training_id: toValue(trainingId) } },
          }),
        ),
      enabled: () => toValue(trainingId) !== '',
    }),
  list: (listId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'list', listId],
      queryFn: () =>
        call(api.GET('/api/v1/task-lists/{list_id}', { params: { path: { list_id: toValue(listId) } } })),
    }),
  video: (videoId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'address', videoId],
      queryFn: () =>
        call(
          api.GET('/api/v1/micro-videos/{micro_video_id}/playback', {
            params: { path: { micro_video_id: toValue(videoId) } },
          }),
        ),
      // The address holds for half a day; asking again would start the video anew.
      staleTime: 6 * 3600_000,
    }),
  ofClass: (classId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'class-lists', classId],
      queryFn: () =>
        call(
          api.GET('/api/v1/classes/{class_id}/task-lists', {
            params: { path: { class_id: toValue(classId) } },
          }),
        ),
    }),
  matrix: (classId: Id, week: MaybeRefOrGetter<number | undefined>) =>
    queryOptions({
      queryKey: ['task-board', 'matrix', classId, week],
      queryFn: () =>
        call(
          api.GET('/api/v1/classes/{class_id}/matrix', {
            params: { path: { class_id: toValue(classId) }, query: { week: toValue(week) } },
          }),
        ),
    }),
  behind: (classId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'behind', classId],
      queryFn: () =>
        call(
          api.GET('/api/v1/classes/{class_id}/falling-behind', {
            params: { path: { class_id: toValue(classId) } },
          }),
        ),
    }),
  videos: (trainingId: Id) =>
    queryOptions({
      queryKey: ['course-library', 'videos', trainingId, 'choice'],
      queryFn: () =>
        everyItem((after) =>
          call(
            api.GET('/api/v1/trainings/{training_id}/micro-videos', {
              params: { path: { training_id: toValue(trainingId) }, query: { limit: 200, after } },
            }),
          ),
        ),
      enabled: () => toValue(trainingId) !== '',
    }),
  papers: (trainingId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'papers', trainingId],
      queryFn: () => named(`/api/v1/trainings/${toValue(trainingId)}/test-papers`),
      enabled: () => toValue(trainingId) !== '',
    }),
  rubrics: (trainingId: Id) =>
    queryOptions({
      queryKey: ['task-board', 'rubrics', trainingId],
      queryFn: () => named(`/api/v1/trainings/${toValue(trainingId)}/rubrics`),
      enabled: () => toValue(trainingId) !== '',
    }),
}

/** Where what is typed of a task is kept. */
export function draftOfTask(taskId: string): string {
  return `task:${taskId}`
}

/** Where what is typed of a list's goal is kept. */
export function draftOfList(listId: string): string {
  return `list:${listId}`
}
