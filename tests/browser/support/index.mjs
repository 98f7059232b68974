// What a journey needs, in one import.
export { startLingxue } from './lingxue.mjs'
export { openBrowser, PHONE, DESK } from './browser.mjs'
export { checkAccess, accessViolations } from './access.mjs'
export { shot } from './shot.mjs'
export { signIn, asking } from './people.mjs'
export { wordsOf } from './words.mjs'
