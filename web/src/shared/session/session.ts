// Answers who is signed in on this page and what they may enter; also offline, from what this device remembers.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AnswerOf } from '@lingxue/api-client'
import { api, call, Problem } from '@/shared/api'
import type { Place, Role } from '@/shared/feature'
import { forgetRead } from '@/shared/outbox/db'
import { tokens } from './token'

export type Me = AnswerOf<'/api/v1/me'>

/** `unknown` until asked; `remembered` is a person of this device whom the server has not confirmed yet. */
export type SessionPhase = 'unknown' | 'remembered' | 'in' | 'out'

const REMEMBERED = 'lingxue.me'
/** Set when somebody signed out without network: the cookie is still good, and must be ended before it is used. */
const LEFT = 'lingxue.left'

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | undefined>(remembered())
  const phase = ref<SessionPhase>(me.value ? 'remembered' : 'unknown')
  const places = computed<readonly Place[]>(() => me.value?.places ?? [])
  const personId = computed(() => me.value?.person.id)
  let starting: Promise<void> | undefined
  tokens.pagePerson = me.value?.person.id

  tokens.listen({
    granted: (grant) => {
      if (!me.value || grant.person.id === me.value.person.id) return enter(grant)
      // Somebody else signed in, in another tab or since the last visit: nothing of the first person may stay on the screen.
      store(REMEMBERED, undefined)
      location.assign('/')
    },
    ended: () => leave(),
  })

  /** Renews the session from the cookie. A remembered person need not wait for it. */
  function start(): Promise<void> {
    starting ??= (async () => {
      const renewal = await tokens.renew()
      if (stored(LEFT) !== null) {
        if (renewal === 'renewed') await signOut()
        if (renewal === 'refused') store(LEFT, undefined)
        return leave()
      }
      if (renewal === 'refused') leave()
      // Unreachable says nothing about the session: a remembered person goes on offline, and the next start asks again.
      if (phase.value !== 'in' && phase.value !== 'out') starting = undefined
    })()
    return starting
  }

  async function signIn(login: string, password: string) {
    const grant = await call(api.POST('/api/v1/sign-in', { body: { login, password } }))
    if (me.value && me.value.person.id !== grant.person.id) {
      await forgetRead(me.value.person.id)
      leave()
    }
    store(LEFT, undefined)
    tokens.take(grant)
    starting = Promise.resolve()
  }

  /** Asks again what is granted: somebody was admitted, or accepted an invitation. */
  async function load() {
    enter(await call(api.GET('/api/v1/me')))
  }

  function enter({ person, places, grants }: Me) {
    // Whoever signed out here without network is not let in by the cookie that they left.
    if (stored(LEFT) !== null) return
    me.value = { person, places, grants }
    tokens.pagePerson = person.id
    phase.value = 'in'
    store(REMEMBERED, JSON.stringify(me.value))
  }

  /**
   * What the person read does not stay on a shared phone, whether the server hears of it or not. What they wrote and could not
   * send does, under their name: who signs out has been asked (`useSignOut`).
   */
  async function signOut(everywhere = false) {
    const person = personId.value
    try {
      await call(
        everywhere ? api.POST('/api/v1/sign-out-everywhere', { body: {} }) : api.POST('/api/v1/sign-out'),
      )
      store(LEFT, undefined)
    } catch (cause) {
      const problem = Problem.from(cause)
      // Other devices cannot be signed out without the server: say so and stay.
      if (everywhere && problem.status !== 401) throw problem
      if (problem.mayPass) store(LEFT, '1')
    }
    if (person) await forgetRead(person)
    tokens.end()
  }

  function holds(roles: readonly Role[] | undefined): boolean {
    return !roles || roles.some((role) => me.value?.grants.some((grant) => grant.role === role))
  }

  function leave() {
    me.value = undefined
    tokens.pagePerson = undefined
    phase.value = 'out'
    store(REMEMBERED, undefined)
  }

  return { me, phase, places, personId, start, load, signIn, signOut, holds }
})

function remembered(): Me | undefined {
  try {
    return (JSON.parse(stored(REMEMBERED) ?? 'null') as Me | null) ?? undefined
  } catch {
    return undefined
  }
}

// A WebView may forbid storage; then the person signs in from the cookie at every start.
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function store(key: string, value: string | undefined) {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // See `stored`.
  }
}
