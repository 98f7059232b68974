// Answers what number and key somebody meant who typed them off the paper: full-width letters, another dash, a space
// between. The server reads the number once more, also without its hyphens and with letters for the digits that they look like.
import type { Numbered } from './queries'

/** What the keyboards of phones offer for a dash, and what is drawn like one: the long sound of kana, a line of a box, the number one. */
const DASHES =
  /[_~\u00af\u02c9\u02d7\u058a\u05be\u1806\u2010-\u2015\u203e\u2043\u2053\u207b\u208b\u2212\u2500\u2501\u2504\u2505\u2508\u2509\u254c\u254d\u2574\u2576\u2796\u2e3a\u2e3b\u301c\u3030\u30fc\u3161\u4e00\ufe31\ufe32\ufe49-\ufe4f\ufe58\ufe63\uff5e\uff70\uffda\uffe3]/g

function plain(typed: string): string {
  return (
    typed
      .replace(DASHES, '-')
      .normalize('NFKC')
      .replace(DASHES, '-')
      // What cannot be seen says nothing, wherever it was copied from; a blank may.
      .replace(/\ufeff|(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/gu, '')
  )
}

const PARTS = /^[^-]{4}-[^-]{2,8}-[0-9OIL]{4,}-[^-]$/i

/** Blanks stand for hyphens, as numbers are read out in groups, or mean nothing: whichever makes a number. */
function number(typed: string): string {
  const parts = plain(typed)
    .split(/[\s-]+/)
    .filter(Boolean)
    .join('-')
  if (PARTS.test(parts)) return parts
  return plain(typed).replace(/\s/g, '').split('-').filter(Boolean).join('-')
}

/** No letter of a key looks like a digit: whoever reads one off the paper means the digit. */
const asDigits = (text: string) => text.replace(/o/g, '0').replace(/[il]/g, '1')

export function asTyped({ serial, key }: Numbered): Numbered {
  return {
    serial: number(serial).toUpperCase(),
    key: asDigits(plain(key).replace(/[-\s]/g, '').toLowerCase()),
  }
}
