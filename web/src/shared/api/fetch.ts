// Answers how a request leaves this page: with token, language and idempotency key, and once more after a renewed session.
import { locale } from '@/shared/i18n'
import { freshId } from '@/shared/lib/id'
import { tokens } from '@/shared/session/token'
import { Problem } from './problem'

const WITHOUT_TOKEN = ['/api/v1/sign-in', '/api/v1/session/refresh', '/api/v1/first-use']

/** Throws a network `Problem` when nobody answers; an answer of any status is returned as it is. */
export async function send(request: Request): Promise<Response> {
  if (isOpen(request)) return attempt(request)
  await tokens.settled()
  const again = request.clone()
  const token = tokens.token
  const response = await attempt(request)
  if (response.status !== 401) return response
  // Another request may have renewed the session while this one was under way.
  const renewal = tokens.token !== undefined && tokens.token !== token ? 'renewed' : await tokens.renew()
  if (renewal === 'unreachable') throw Problem.network()
  return renewal === 'renewed' ? attempt(again) : response
}

async function attempt(request: Request): Promise<Response> {
  const headers = request.headers
  headers.set('Accept-Language', locale.value)
  if (tokens.token !== undefined && !isOpen(request)) headers.set('Authorization', `Bearer ${tokens.token}`)
  try {
    return await fetch(request)
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
