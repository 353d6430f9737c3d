import type { RawCell } from './column-spec.ts'
import type { FileLimits } from './limits.ts'
import { refuseFile } from './refusals.ts'

/** A row before its columns are known; a text stands for itself, as CSV has nothing else. */
export type RawRow = { readonly line: number; readonly cells: readonly (RawCell | string)[] }

/** The texts of a record as cells; undefined if there is nothing in any of them. */
export function rawRowOf(
  texts: string[],
  line: number,
  limits: Pick<FileLimits, 'columns' | 'cellLength'>,
): RawRow | undefined {
  if (texts.length > limits.columns)
    refuseFile({ code: 'TOO_MANY_COLUMNS', line, limit: limits.columns })
  let isEmpty = true
  for (let place = 0; place < texts.length; place += 1) {
    const text = texts[place] ?? ''
    if (text !== '') isEmpty = false
    if (text.length > limits.cellLength)
      refuseFile({ code: 'RECORD_TOO_LONG', line, limitBytes: limits.cellLength })
    if (text.charCodeAt(0) === MARK && MARKED.test(text)) texts[place] = text.slice(1)
  }
  return isEmpty ? undefined : { line, cells: texts }
}

const MARK = 39
/**
 * The mark `'` that `writeCsv` puts before texts which a spreadsheet would execute is taken off
 * again.
 *
 * @source shared/security/threats.md section 4
 */
const MARKED = /^'+[=+\-@\t\r]/
