// Answers how a request leaves this page: with token, language and idempotency key, and once more after a renewed session.
import { locale } from '@/shared/i18n'
import { freshId } from '@/shared/lib/id'
import { hearTime } from '@/shared/lib/serverClock'
import { within } from '@/shared/lib/within'
import { tokens } from '@/shared/session/token'
import { Problem } from './problem'

const WITHOUT_TOKEN = ['/api/v1/sign-in', '/api/v1/session/refresh', '/api/v1/first-use']

/** On a weak network a page's answer may take long; after this nobody is answering any more. */
const ANSWERS_WITHIN = 30_000

export interface SendOptions {
  /** Whose request this is: nobody else's token goes with it. */
  owner?: string
  /** Milliseconds until it counts as not answered. */
  limit?: number
}

/** Throws a network `Problem` when nobody answers; an answer of any status is returned as it is. */
export async function send(request: Request, { owner, limit }: SendOptions = {}): Promise<Response> {
  if (isOpen(request)) return attempt(request, undefined, limit)
  return asPerson(owner, (bearer) => attempt(request.clone(), bearer, limit))
}

/**
 * Sends with the token of `owner`, and once more when a renewed session helps. Whose it is was decided when it began, and it
 * never goes out in the name of somebody who signed in meanwhile.
 */
export async function asPerson(
  owner: string | undefined,
  once: (bearer: string | undefined) => Promise<Response>,
): Promise<Response> {
  let sender = owner ?? tokens.pagePerson
  await tokens.settled()
  // A page that is just starting learns only now whose it is.
  sender ??= tokens.pagePerson
  // A page that was loaded without a network has no token yet; without one it would only be refused.
  const isUnconfirmed = tokens.token === undefined && tokens.pagePerson !== undefined
  if (isUnconfirmed && (await tokens.renew()) === 'unreachable') throw tokens.trouble
  const token = tokens.token
  const response = await once(tokens.bearer(sender))
  if (response.status !== 401) return response
  // Another request may have renewed the session while this one was under way.
  const renewal = tokens.token !== undefined && tokens.token !== token ? 'renewed' : await tokens.renew()
  if (renewal === 'unreachable') throw tokens.trouble
  return renewal === 'renewed' ? once(tokens.bearer(sender)) : response
}

async function attempt(
  request: Request,
  bearer: string | undefined,
  limit = ANSWERS_WITHIN,
): Promise<Response> {
  request.headers.set('Accept-Language', locale.value)
  if (bearer) request.headers.set('Authorization', bearer)
  try {
    return await within(limit, async (signal) => {
      const response = await fetch(request, { signal })
      hearTime(response.headers.get('date'))
      // An answer that stops in the middle is no answer either.
      const body = [204, 205, 304].includes(response.status) ? null : await response.arrayBuffer()
      return new Response(body, response)
    })
  } catch (cause) {
    throw Problem.from(cause)
  }
}

/** Every POST carries a key before its first try, so that the second try of the same request cannot count twice. */
export function withKey(request: Request): Request {
  const { headers, method } = request
  if (method === 'POST')
    headers.set(
      'Idempotency-Key',
      keyOver(headers.get('Idempotency-Key') ?? freshId(), headers.get('If-Match')),
    )
  return request
}

/** The same press over another version is another request: a page may have fetched a newer one since the answer was lost. */
export function keyOver(key: string, version?: string | null): string {
  return version ? `${key}.${version.replace(/^W\/|\W/g, '')}` : key
}

function isOpen(request: Request): boolean {
  const { pathname } = new URL(request.url)
  return WITHOUT_TOKEN.some((open) => pathname === open || pathname.startsWith(`${open}/`))
}
