// Goal: R1 to R4 hold for a lawful plan and break for each unlawful one.
// Method: one lawful plan, one change a row.
import { expect, it } from 'vitest'
import { separationChecks } from './separation.ts'

const LAWFUL = {
  settlor: 'emp',
  trustee: 'tru',
  trusteeKind: 'LEGAL',
  accountManager: 'acc',
  custodian: 'cus',
  investmentManagers: ['one', 'two'],
}

it.each([
  [{}, []],
  [{ accountManager: 'tru' }, []],
  [{ accountManager: 'cus' }, []],
  [{ investmentManagers: [] }, ['R1']],
  [{ custodian: 'tru' }, ['R2']],
  [{ investmentManagers: ['one', 'cus'] }, ['R2']],
  [{ trusteeKind: 'COUNCIL', custodian: 'emp' }, ['R2']],
  [{ trusteeKind: 'COUNCIL', accountManager: 'emp' }, ['R4']],
  [{ trusteeKind: 'COUNCIL', accountManager: 'tru' }, ['R4']],
])('%o breaks %s', (change, broken) => {
  const checks = separationChecks({ ...LAWFUL, ...change }, true)
  expect(checks.filter(({ holds }) => holds !== true).map(({ rule }) => rule)).toEqual(broken)
})

it('takes the trustee’s word for staff, or says that there is none', () => {
  const of = (declared: boolean | null) => separationChecks(LAWFUL, declared)[2]?.holds
  expect([of(true), of(false), of(null)]).toEqual([true, false, null])
})
