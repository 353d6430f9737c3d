/* Marks of certainty as people read them. */

/** How sure something is, in words. */
export function certaintyInWords(
  mark: string,
  say: (key: 'S' | 'K-H' | 'K-M' | 'K-L' | 'P') => string,
): string {
  return mark === 'S' || mark === 'K-H' || mark === 'K-M' || mark === 'K-L' || mark === 'P'
    ? say(mark)
    : mark
}
