// What assistants and experts ask about grading and papers.
import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'
import { everyItem } from '@/shared/api/everyItem'

type Id = MaybeRefOrGetter<string>
export type Work = Schema<'WorkView'>

export const teachQueries = {
  all: ['assessment'],
  /** What waits, all of it. */
  queue: (classId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'queue', classId],
      queryFn: () =>
        call(
          api.GET('/api/v1/classes/{class_id}/grading-queue', {
            params: { path: { class_id: toValue(classId) }, query: { part: 'waiting' } },
          }),
        ),
    }),
  /** What is back with its learner, all of it. */
  returned: (classId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'returned', classId],
      queryFn: () =>
        call(
          api.GET('/api/v1/classes/{class_id}/grading-queue', {
            params: { path: { class_id: toValue(classId) }, query: { part: 'returned' } },
          }),
        ),
    }),
  graded: (classId: Id) =>
    infiniteQueryOptions({
      queryKey: ['assessment', 'graded', classId],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/classes/{class_id}/grading-queue', {
            params: { path: { class_id: toValue(classId) }, query: { part: 'graded', after: pageParam } },
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  work: (workId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'work', workId],
      queryFn: () => fetchWork(toValue(workId)),
    }),
  papers: (trainingId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'papers', trainingId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/test-papers', {
            params: { path: { training_id: toValue(trainingId) } },
          }),
        ),
    }),
  paper: (trainingId: Id, paperId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'paper', trainingId, paperId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/test-papers/{paper_id}', {
            params: { path: { training_id: toValue(trainingId), paper_id: toValue(paperId) } },
          }),
        ),
    }),
  rubrics: (trainingId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'rubrics', trainingId],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/rubrics', {
            params: { path: { training_id: toValue(trainingId) } },
          }),
        ),
    }),
  bank: (trainingId: Id) =>
    queryOptions({
      queryKey: ['assessment', 'bank', trainingId],
      queryFn: () =>
        everyItem((after) =>
          call(
            api.GET('/api/v1/trainings/{training_id}/items', {
              params: { path: { training_id: toValue(trainingId) }, query: { limit: 200, after } },
            }),
          ),
        ),
    }),
}

/** A submission or a reflection, by what its id says. */
export function fetchWork(id: string): Promise<Work> {
  return isReflection(id)
    ? call(api.GET('/api/v1/reflections/{reflection_id}/work', { params: { path: { reflection_id: id } } }))
    : call(api.GET('/api/v1/submissions/{submission_id}', { params: { path: { submission_id: id } } }))
}

export function saveReview(id: string, body: Schema<'ReviewInput'>): Promise<Work> {
  return isReflection(id)
    ? call(
        api.PUT('/api/v1/reflections/{reflection_id}/review', {
          params: { path: { reflection_id: id } },
          body,
        }),
      )
    : call(
        api.PUT('/api/v1/submissions/{submission_id}/review', {
          params: { path: { submission_id: id } },
          body,
        }),
      )
}

export function finishReview(
  id: string,
  body: Schema<'FinishReviewInput'>,
  headers: { 'Idempotency-Key': string },
): Promise<unknown> {
  return isReflection(id)
    ? call(
        api.POST('/api/v1/reflections/{reflection_id}/review/finish', {
          params: { path: { reflection_id: id } },
          body,
          headers,
        }),
      )
    : call(
        api.POST('/api/v1/submissions/{submission_id}/review/finish', {
          params: { path: { submission_id: id } },
          body,
          headers,
        }),
      )
}

function isReflection(id: string): boolean {
  return id.startsWith('ref_')
}

/** Where what is written about a work is kept. */
export function draftOfReview(workId: string): string {
  return `review:${workId}`
}

/** Where what is typed of a paper is kept. */
export function draftOfPaper(paperId: string): string {
  return `paper:${paperId}`
}
