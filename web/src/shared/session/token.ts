// Answers with the access token of this page, and renews it: once at a time in a tab, one tab after another in a browser.
import type { AnswerOf } from '@lingxue/api-client'
import { Problem, problemOf } from '@/shared/api/problem'
import { hearTime } from '@/shared/lib/serverClock'
import { store, stored } from '@/shared/lib/stored'
import { within } from '@/shared/lib/within'

export type SessionGrant = AnswerOf<'/api/v1/session/refresh', 'post'>
export type Renewal = 'renewed' | 'refused' | 'unreachable'

type News = { kind: 'granted'; grant: SessionGrant } | { kind: 'ended' }

export interface TokenListener {
  granted?: (grant: SessionGrant) => void
  /** `isRefused` by the server: nobody signed out here. */
  ended?: (isRefused?: boolean) => void
}

/** Set when somebody signed out without a network: the cookie is still good, and is ended before anything uses it. */
export const LEFT = 'lingxue.left'

const REFRESH = '/api/v1/session/refresh'
/** Everything waits for a renewal, so a hung one must end; another tab's turn counts in. */
const RENEWS_WITHIN = 20_000

/** Keeps the token in memory only: a script injected into storage finds nothing to steal. */
export class TokenKeeper {
  #grant: SessionGrant | undefined
  #renewing: Promise<Renewal> | undefined
  #listeners = new Set<TokenListener>()
  #tabs: BroadcastChannel | undefined
  /** Whose page this is. A token of somebody who signed in elsewhere is not used for it. */
  pagePerson: string | undefined
  /** Why the session could not be renewed: nobody answered, or the server is busy. */
  trouble = Problem.network()

  constructor() {
    if (typeof BroadcastChannel === 'undefined') return
    this.#tabs = new BroadcastChannel('lingxue-session')
    this.#tabs.onmessage = (event: MessageEvent<News>) => this.#hear(event.data)
    // Node's channel would keep a spec's process alive; a browser has no `unref`.
    ;(this.#tabs as { unref?: () => void }).unref?.()
  }

  get token(): string | undefined {
    return this.#grant?.access_token
  }

  get personId(): string | undefined {
    return this.#grant?.person.id
  }

  /** The header for a request of `owner`, or of whose page this is; none before there is a token. Throws for anybody else. */
  bearer(owner = this.pagePerson): string | undefined {
    if (!this.#grant) return undefined
    if (owner !== undefined && owner !== this.personId) throw new Problem({ code: 'client.other_person' })
    return `Bearer ${this.#grant.access_token}`
  }

  listen(listener: TokenListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  take(grant: SessionGrant) {
    this.#keep(grant)
    this.#tabs?.postMessage({ kind: 'granted', grant } satisfies News)
  }

  end() {
    this.#forget()
    this.#tabs?.postMessage({ kind: 'ended' } satisfies News)
  }

  /** Requests that were refused together wait for one renewal. */
  renew(): Promise<Renewal> {
    this.#renewing ??= within(RENEWS_WITHIN, (signal) => this.#renewAlone(signal))
      .catch((): Renewal => {
        this.trouble = Problem.network()
        return 'unreachable'
      })
      .finally(() => {
        this.#renewing = undefined
      })
    return this.#renewing
  }

  /** Requests sent while the page is starting wait here for the first token. */
  async settled(): Promise<void> {
    await this.#renewing
  }

  async #renewAlone(signal: AbortSignal): Promise<Renewal> {
    const before = this.token
    return inTurn(signal, async () => {
      // While this tab waited for its turn, another one may have brought a token for both.
      if (this.token !== before && this.token !== undefined) return 'renewed'
      return this.#ask(signal)
    })
  }

  async #ask(signal: AbortSignal): Promise<Renewal> {
    const response = await post(REFRESH, { signal })
    if (response.ok) {
      const grant = (await response.json()) as SessionGrant
      if (stored(LEFT) !== null) return this.#endLeft(grant, signal)
      this.take(grant)
      return 'renewed'
    }
    if (response.status === 401 || response.status === 403) return this.#refused()
    this.trouble = await problemOf(response)
    return 'unreachable'
  }

  /** Whoever signed out without a network is not let in again by the cookie that they left. */
  async #endLeft({ access_token }: SessionGrant, signal: AbortSignal): Promise<Renewal> {
    const response = await post('/api/v1/sign-out', {
      headers: { Authorization: `Bearer ${access_token}` },
      signal,
    })
    if (response.ok) return this.#refused()
    this.trouble = await problemOf(response)
    return 'unreachable'
  }

  #refused(): Renewal {
    store(LEFT, undefined)
    this.#forget(true)
    return 'refused'
  }

  #hear(news: News) {
    if (news.kind === 'ended') this.#forget()
    else this.#keep(news.grant)
  }

  #keep(grant: SessionGrant) {
    this.#grant = grant
    for (const listener of this.#listeners) listener.granted?.(grant)
  }

  #forget(isRefused?: boolean) {
    this.#grant = undefined
    for (const listener of this.#listeners) listener.ended?.(isRefused)
  }
}

/** Singleton: one page, one signed-in person. */
export const tokens = new TokenKeeper()

async function post(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { method: 'POST', credentials: 'same-origin', ...init })
  hearTime(response.headers.get('date'))
  return response
}

async function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  // Old WebViews have no locks; the server's 30 s grace for a refresh token then covers two tabs at once.
  return locks ? ((await locks.request('lingxue-session', { signal }, work)) as T) : work()
}
