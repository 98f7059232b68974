// Answers what number and key somebody meant who typed them off the paper: full-width letters, another dash, a space
// between. The server reads the number once more, also without its hyphens and with letters for the digits that they look like.
import type { Numbered } from './queries'

const DASHES = /[\u2010-\u2015\u2212\u30fc\ufe58\ufe63_~]/g

function plain(typed: string): string {
  return (
    typed
      .normalize('NFKC')
      .replace(DASHES, '-')
      // What cannot be seen says nothing, wherever it was copied from.
      .replace(/[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/gu, '')
  )
}

/** No letter of a key looks like a digit: whoever reads one off the paper means the digit. */
const asDigits = (text: string) => text.replace(/o/g, '0').replace(/[il]/g, '1')

export function asTyped({ serial, key }: Numbered): Numbered {
  // Twice written, or at an end: a dash more says nothing.
  const number = plain(serial).replace(/-+/g, '-').replace(/^-|-$/g, '')
  return { serial: number.toUpperCase(), key: asDigits(plain(key).replace(/-/g, '').toLowerCase()) }
}
