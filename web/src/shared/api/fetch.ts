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
export async function send(request: Request, options: SendOptions = {}): Promise<Response> {
  if (isOpen(request)) return attempt(request, options)
  await tokens.settled()
  // A page that was loaded without a network has no token yet; without one it would only be refused.
  const isUnconfirmed = tokens.token === undefined && tokens.pagePerson !== undefined
  if (isUnconfirmed && (await tokens.renew()) === 'unreachable') throw tokens.trouble
  const again = request.clone()
  const token = tokens.token
  const response = await attempt(request, options)
  if (response.status !== 401) return response
  // Another request may have renewed the session while this one was under way.
  const renewal = tokens.token !== undefined && tokens.token !== token ? 'renewed' : await tokens.renew()
  if (renewal === 'unreachable') throw tokens.trouble
  return renewal === 'renewed' ? attempt(again, options) : response
}

async function attempt(request: Request, { owner, limit = ANSWERS_WITHIN }: SendOptions): Promise<Response> {
  const headers = request.headers
  headers.set('Accept-Language', locale.value)
  const bearer = isOpen(request) ? undefined : tokens.bearer(owner)
  if (bearer) headers.set('Authorization', bearer)
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
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', freshId())
  }
  return request
}

function isOpen(request: Request): boolean {
  const { pathname } = new URL(request.url)
  return WITHOUT_TOKEN.some((open) => pathname === open || pathname.startsWith(`${open}/`))
}
