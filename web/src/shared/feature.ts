// Answers what a feature brings with it: routes and navigation entries, each for one place.
import type { RouteComponent } from 'vue-router'
import type { IconName } from './ui/icons'

export type Place = 'public' | 'learn' | 'teach' | 'office'

export type Role =
  'learner' | 'assistant' | 'expert' | 'training_lead' | 'school_head' | 'provincial_office' | 'administrator'

export interface FeatureRoute {
  place: Place
  /** Below the place: `''` is its home, `'topics/:topicId'` becomes `/learn/topics/…`; public paths start at the root. */
  path: string
  /** `<feature>.<page>`, for example `task-board.week`. */
  name: string
  /** Lazy: `() => import('./learn/WeekPage.vue')`. */
  component: RouteComponent | (() => Promise<unknown>)
  /** A desk page of `teach`: Element Plus is loaded around it. Everything in `office` is a desk page already. */
  desk?: boolean
  /** Who may open it; nobody named means everybody of the place. */
  roles?: readonly Role[]
  /** A public page that needs somebody signed in, for example an application. */
  signedIn?: boolean
  /** A page of `teach` that uses the whole width of a desk: a table, two columns. */
  wide?: boolean
  /** Without the place's bars, for a player or a test. */
  bare?: boolean
}

export interface NavEntry {
  place: Place
  /** The name of a route. */
  to: string
  /** A text of the feature's `common` catalogue: entries are seen on pages of other features too. */
  label: () => string
  icon: IconName
  /** Small numbers first; tens leave room between features. */
  order: number
  /** `main`: the place's bar. `me`: a row on the learner's own page, in the account menu of `teach` and `office`, on `public` of the home page. */
  slot?: 'main' | 'me'
  /** Heading above the entry in the office's side bar. */
  group?: () => string
}

export interface Feature {
  routes: FeatureRoute[]
  nav?: NavEntry[]
}

/** Only gives the type; `app/router` collects every `features/<name>/routes.ts`. */
export function defineFeature(feature: Feature): Feature {
  return feature
}
