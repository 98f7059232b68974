// Answers what number and key somebody meant who typed them off the paper: full-width letters, another dash, a space between.
import type { Numbered } from './queries'

const DASHES = /[\u2010-\u2015\u2212\u30fc\ufe58\ufe63_~]/g

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(DASHES, '-')
    .replace(/[\s\u200b-\u200d\ufeff]/g, '')
}

export function asTyped({ serial, key }: Numbered): Numbered {
  // Twice written, or at an end: a dash more says nothing.
  const number = plain(serial).replace(/-+/g, '-').replace(/^-|-$/g, '')
  return { serial: number.toUpperCase(), key: plain(key).replace(/-/g, '').toLowerCase() }
}
