/** One part of a state key: a string (ordered by code point) or an integer 0 … 2⁵³−1. */
export type KeyPart = string | number

/** The parts of a key that is a single part or a tuple of parts. */
export function keyParts(key: unknown): readonly KeyPart[] {
  return (Array.isArray(key) ? key : [key]) as readonly KeyPart[]
}
