// Answers where a person goes after signing in: the page they wanted, if it is one of ours, else home.
import type { RouteLocationRaw } from 'vue-router'

export function goOn(next: unknown): RouteLocationRaw {
  // `//elsewhere` and `/\elsewhere` are addresses of other sites.
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
