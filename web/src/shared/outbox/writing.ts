// Answers what may be written through the outbox: an operation of the contract, with its own parameters and body.
import type { paths } from '@lingxue/api-client'
import type { OutboxItem } from './db'

type Verb = 'POST' | 'PUT'
type Operation<Path extends keyof paths, Method extends Verb> = paths[Path][Lowercase<Method>]
/** The paths that have an operation of this method. */
type Writable<Method extends Verb> = {
  [Path in keyof paths]: Operation<Path, Method> extends { responses: unknown } ? Path : never
}[keyof paths]
type ParamsOf<Op> = Op extends { parameters: { path: infer Params } } ? Params : Record<string, never>
type BodyOf<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } } ? [Body] : []

declare const typed: unique symbol

/** Only `writing` makes one. */
export interface Call {
  method: OutboxItem['method']
  url: string
  body: unknown
  readonly [typed]: true
}

/** `writing('POST', '/api/v1/tasks/{task_id}/read', { task_id })`; with a body where the operation has one. */
export function writing<Method extends Verb, Path extends Writable<Method>>(
  method: Method,
  path: Path,
  params: ParamsOf<Operation<Path, Method>>,
  ...body: BodyOf<Operation<Path, Method>>
): Call {
  const values = params as Record<string, string | number>
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
  return { method, url, body: body[0] } as Call
}
