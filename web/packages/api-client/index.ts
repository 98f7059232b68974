// Answers how the web application speaks to the server: one typed client made from the OpenAPI document.
import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type { components, paths } from './schema'

/** A named wire type of the OpenAPI document, for example `Schema<'TopicView'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

/** What an operation answers when it succeeds, for example `AnswerOf<'/api/v1/me'>`. */
export type AnswerOf<
  Path extends keyof paths,
  Method extends keyof paths[Path] = 'get' & keyof paths[Path],
> = paths[Path][Method] extends { responses: infer Responses }
  ? JsonOf<Responses[keyof Responses & (200 | 201)]>
  : never

type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never

/** The caller brings the transport, so that tokens, languages and retries live in one place outside. */
export function createApiClient(options: {
  baseUrl: string
  fetch: (request: Request) => Promise<Response>
}) {
  return createClient<paths>(options)
}
