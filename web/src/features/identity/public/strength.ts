// Answers how hard a password is to guess, roughly: by its length, and not counting what repeats.
export const SHORTEST = 10

/** How many characters a password still lacks. */
export function lacking(password: string): number {
  return Math.max(0, SHORTEST - [...password].length)
}

export type Strength = 'weak' | 'fair' | 'good'

export function strengthOf(password: string): Strength {
  const characters = [...password]
  const different = new Set(characters).size
  if (characters.length < SHORTEST || different < 5) return 'weak'
  return characters.length >= 14 && different >= 8 ? 'good' : 'fair'
}
