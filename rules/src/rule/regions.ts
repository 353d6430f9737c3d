/** First two digits of the provinces, regions and municipalities (GB/T 2260). */
const PROVINCES: ReadonlySet<string> = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 ' +
    '61 62 63 64 65 71 81 82'
  ).split(' '),
)

/** Whether a text is six digits. */
export function isRegionForm(text: string): boolean {
  if (text.length !== 6) return false
  for (let at = 0; at < 6; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 48 || unit > 57) return false
  }
  return true
}

/** Whether a region code begins with a known province. */
export function isKnownRegion(region: string): boolean {
  return isRegionForm(region) && PROVINCES.has(region.slice(0, 2))
}
