// Goal: ceilings of a year are cut to the fen, never rounded up, and reserves count as used.
// Method: a payroll whose eight per cent ends between two fen.
import { expect, it } from 'vitest'
import { yearLine } from './year-ceilings.ts'

const FIELDS = {
  declaredPayroll: '1000000.19',
  declaredOn: '2026-01-05',
  kind: 'ESTIMATED',
  employerPaid: '70000.00',
  employeePaid: '30000.00',
  employerReserved: '9000.00',
  employeeReserved: '4000.00',
  batches: 1,
  state: 'OPEN',
}

it('computes used, limits and rest', () => {
  expect(yearLine('2026', FIELDS, { employer: '0.08', total: '0.12' })).toMatchObject({
    employerUsed: '79000.00',
    employerLimit: '80000.01',
    totalUsed: '113000.00',
    totalLimit: '120000.02',
    rest: '7000.02',
  })
})

it('knows no limit before the shares are known', () => {
  const line = yearLine('2026', FIELDS, { employer: null, total: null })
  expect([line.employerLimit, line.totalLimit, line.rest]).toEqual([null, null, null])
})
