/* Rows as a CSV that spreadsheets open rightly: UTF-8 with its mark, long numbers as text, no formulas. */

const FORMULA = /^[=+\-@\t\r]/

/** One cell: quoted where needed; what a spreadsheet would run is kept as text. */
function cell(text: string, isForPeople: boolean): string {
  const isNumber = /^-?\d{1,14}(\.\d+)?$/.test(text)
  const shown = isForPeople && !isNumber && FORMULA.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}

/**
 * The bytes of a table.
 *
 * @param isForPeople  it is opened in a spreadsheet, which must not run what stands in a cell
 */
export function csvOf(rows: Iterable<readonly string[]>, isForPeople = true): Blob {
  const lines: string[] = []
  for (const row of rows) lines.push(row.map((one) => cell(one, isForPeople)).join(','))
  return new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' })
}

/** Hands a file to the person. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
