import type { VerifierPins } from './pins.ts'
import { VERIFIER_PAGE } from './verifier-page.gen.ts'

/**
 * Writes the offline verifier: one HTML file that opens no connection and trusts exactly these pins.
 *
 * @param pins  ledgers whose evidence it can judge; a file of any other ledger stays undecided
 * @returns     the file's text, UTF-8
 */
export function buildVerifierPage({ pins }: { readonly pins: VerifierPins }): string {
  // No "<" survives inside the data block, so no member's name can close it.
  const text = JSON.stringify(pins).replaceAll('<', '\\u003c')
  return VERIFIER_PAGE.replace('@PINS@', () => text)
}
