// The browser's driver and the access checker come from the web application's packages.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))

export const { chromium } = require('playwright-core')
export const axeSource = require('axe-core').source
