// Answers how a feature calls the server: `await call(api.GET('/api/v1/me'))` gives the data or throws a Problem.
import { createApiClient } from '@lingxue/api-client'
import { send, withKey } from './fetch'
import { Problem, problemOf } from './problem'

export { Problem } from './problem'
export type { FieldProblem } from './problem'
export type { AnswerOf, Schema } from '@lingxue/api-client'

export const api = createApiClient({
  baseUrl: globalThis.location?.origin ?? '',
  fetch: (request) => send(withKey(request)),
})

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** Unwraps an answer of `api`. */
export async function call<Data>(answering: Promise<Answer<Data>>): Promise<Exclude<Data, undefined>> {
  let answer: Answer<Data>
  try {
    answer = await answering
  } catch (cause) {
    throw Problem.from(cause)
  }
  const { data, error, response } = answer
  if (response.ok) return data as Exclude<Data, undefined>
  // The client has read the body already; what it read is the problem document.
  throw isDocument(error) ? new Problem({ ...error, status: response.status }) : await problemOf(response)
}

function isDocument(error: unknown): error is Record<string, unknown> {
  return typeof error === 'object' && error !== null && 'code' in error
}
