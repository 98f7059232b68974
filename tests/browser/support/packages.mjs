// The browser's driver, the access checker and the reader of catalogues come from the web application's packages.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))

export const { chromium } = require('playwright-core')
export const axeSource = require('axe-core').source
export const typescript = require('typescript')
