import { expect, test } from 'vitest'
import { asTyped } from './typed'

const MEANT = { serial: '2026-K3M8Q-0042-R', key: '04106105' }

test.each([
  ['2026-K3M8Q-0042-R', '04106105'],
  ['２０２６－Ｋ３Ｍ８Ｑ－００４２－Ｒ', '０４１０６１０５'],
  ['2026—k3m8q—0042—r', '0410 6105'],
  ['2026–K3M8Q–0042–R', ' 04106105 '],
  ['2026－K3M8Q－0042－R', '0410-6105'],
  ['2026 - K3M8Q - 0042 - R', '04106105\u3000'],
  ['2026——K3M8Q——0042——R', '04106105'],
  ['2026−K3M8Q‐0042‑R', '\u200b04106105'],
  ['2026-K3M8Q\u2060-0042\u00ad-R', '0410\u200d6105\u180e'],
  ['2026 K3M8Q 0042 R', '04106105'],
  ['2026\u3000k3m8q\u30000042\u3000r', '04106105'],
  ['2026-K3M8Q-00 42-R', '04106105'],
  ['2026─K3M8Q━0042―R', '04106105'],
  ['2026ーK3M8Qｰ0042一R', '04106105'],
  ['2026￣K3M8Q¯0042‾R', '04106105'],
  ['2026-K3M8Q-0042-R', 'O41o6lO5'],
  ['2026-K3M8Q-0042-R', 'o4I06i05'],
])('%s with %s is understood', (serial, key) => {
  expect(asTyped({ serial, key })).toEqual(MEANT)
})

test('a running number of five digits is told from the mark before it', () => {
  expect(asTyped({ serial: '2026 K3M8Q 12345 R', key: '' }).serial).toBe('2026-K3M8Q-12345-R')
})

test('what is read out in other groups goes to the server without its blanks', () => {
  expect(asTyped({ serial: '2026 K3M8 Q004 2R', key: '' }).serial).toBe('2026K3M8Q0042R')
  expect(asTyped({ serial: '2026-K3M8Q-00 42R', key: '' }).serial).toBe('2026-K3M8Q-0042R')
})

test('what is something else stays something else', () => {
  expect(asTyped({ serial: '2026-K3M8Q-0043-A', key: 'abcdef01' })).toEqual({
    serial: '2026-K3M8Q-0043-A',
    key: 'abcdef01',
  })
})
