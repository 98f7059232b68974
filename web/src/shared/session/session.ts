// Answers who is signed in on this page and what they may enter; also offline, from what this device remembers.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AnswerOf } from '@lingxue/api-client'
import { api, call, Problem } from '@/shared/api'
import type { Place, Role } from '@/shared/feature'
import { recalled, store, stored } from '@/shared/lib/stored'
import { forgetRead } from '@/shared/outbox/db'
import { LEFT, tokens } from './token'

export type Me = AnswerOf<'/api/v1/me'>

/** `unknown` until asked; `remembered` is a person of this device whom the server has not confirmed yet. */
export type SessionPhase = 'unknown' | 'remembered' | 'in' | 'out'

const REMEMBERED = 'lingxue.me'

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | undefined>(recalled(REMEMBERED))
  const phase = ref<SessionPhase>(me.value ? 'remembered' : 'unknown')
  const places = computed<readonly Place[]>(() => me.value?.places ?? [])
  const personId = computed(() => me.value?.person.id)
  /** Whose session the server ended while they were here. */
  const ended = ref<string>()
  let starting: Promise<void> | undefined
  tokens.pagePerson = me.value?.person.id

  tokens.listen({
    granted: (grant) => {
      if (!me.value || grant.person.id === me.value.person.id) return enter(grant)
      // Somebody else signed in, in another tab or since the last visit: nothing of the first person may stay on the screen.
      store(REMEMBERED, undefined)
      void forgetRead(me.value.person.id).finally(() => location.assign('/'))
    },
    ended: (isRefused) => void leave(isRefused),
  })

  /** Renews the session from the cookie. A remembered person need not wait for it. */
  function start(): Promise<void> {
    starting ??= (async () => {
      const renewal = await tokens.renew()
      if (renewal === 'refused' || stored(LEFT) !== null) void leave()
      // Unreachable says nothing about the session: a remembered person goes on offline, and the next start asks again.
      if (phase.value !== 'in' && phase.value !== 'out') starting = undefined
    })()
    return starting
  }

  async function signIn(login: string, password: string) {
    const grant = await call(api.POST('/api/v1/sign-in', { body: { login, password } }))
    if (me.value && me.value.person.id !== grant.person.id) await leave()
    store(LEFT, undefined)
    tokens.take(grant)
    starting = Promise.resolve()
  }

  /** Asks again what is granted: somebody was admitted, or accepted an invitation. */
  async function load() {
    const asker = personId.value
    const now = await call(api.GET('/api/v1/me'))
    // Whoever left meanwhile does not come back with the answer.
    if (personId.value === asker) enter(now)
  }

  function enter({ person, places, grants }: Me) {
    me.value = { person, places, grants }
    tokens.pagePerson = person.id
    phase.value = 'in'
    ended.value = undefined
    store(REMEMBERED, JSON.stringify(me.value))
  }

  /**
   * What the person read does not stay on a shared phone, whether the server hears of it or not. What they wrote and could not
   * send does, under their name: who signs out has been asked (`mayLeave`).
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
    ended.value = undefined
  }

  function holds(roles: readonly Role[] | undefined): boolean {
    return !roles || roles.some((role) => me.value?.grants.some((grant) => grant.role === role))
  }

  /** However the session ended, what was read does not stay on the device: nobody but its person may see it. */
  async function leave(isRefused?: boolean) {
    const person = personId.value
    if (isRefused) ended.value ??= person
    me.value = undefined
    tokens.pagePerson = undefined
    phase.value = 'out'
    store(REMEMBERED, undefined)
    if (person) await forgetRead(person)
  }

  return { me, phase, places, personId, ended, start, load, signIn, signOut, holds }
})
