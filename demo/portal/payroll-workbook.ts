/* The payroll of the visitor's month as a file: made when it is asked for, kept nowhere. */
import { writeXlsx } from '@renshe/node'
import { PAYROLL_COLUMNS, type PayrollRow } from '../payroll.ts'

/** How many rows of the faulty variant a person must mend. */
export const FAULTY_ROWS = 3

/** The three mistakes: a wrong check character, words for a number, more taxed than paid. */
const FAULTS: readonly { readonly place: number; readonly spoil: (row: PayrollRow) => object }[] = [
  {
    place: 100,
    spoil: ({ memberId }) => ({
      memberId: `${memberId.slice(0, -1)}${memberId.endsWith('1') ? '2' : '1'}`,
    }),
  },
  { place: 416, spoil: () => ({ employee: '一百八十' }) },
  { place: 903, spoil: ({ employee }) => ({ taxed: `9${employee}` }) },
]

/**
 * The rows as XLSX bytes.
 *
 * @param isFaulty  with three rows to mend
 */
export async function payrollWorkbook(
  rows: readonly PayrollRow[],
  isFaulty: boolean,
): Promise<Uint8Array> {
  const spoilt = rows.map((row, place): PayrollRow => {
    const fault = isFaulty ? FAULTS.find((one) => one.place % rows.length === place) : undefined
    return fault === undefined ? row : { ...row, ...fault.spoil(row) }
  })
  const parts: Uint8Array[] = []
  for await (const part of writeXlsx(PAYROLL_COLUMNS, spoilt)) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
