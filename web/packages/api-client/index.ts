// Answers how the web application speaks to the server: one typed client made from the OpenAPI document.
import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type { components, paths } from './schema'

/** A named wire type of the OpenAPI document, for example `Schema<'Me'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export type ApiClient = ReturnType<typeof createApiClient>

/** The caller brings the transport, so that tokens, languages and retries live in one place outside. */
export function createApiClient(options: {
  baseUrl: string
  fetch: (request: Request) => Promise<Response>
}) {
  return createClient<paths>(options)
}
