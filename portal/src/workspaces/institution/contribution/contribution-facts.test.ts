// Goal: what the page of a batch says of money is what the ledger has, also after a shortfall or a refund.
// Method: one batch with its expectations and payments varied; the residue register walked back.
import { expect, it } from 'vitest'
import { batchWith } from '../../../patterns/money-flow/batch.fixture.ts'
import type { JournalShown } from '../../../patterns/step-clock/case-shown.ts'
import { batchOf, carriedAfter, holdersNow } from './contribution-facts.ts'

const STEPS = [
  { step: 'bill', values: { billTotal: '100.00' } },
  { step: 'confirm', outcome: 'confirmed' },
  { step: 'collect', values: { outstanding: '100.00' } },
  {
    step: 'arrival',
    outcome: 'short',
    values: { arrivedAmount: '93.00', match: { difference: '-7.00' } },
  },
]
const expectation = (amount: string, arrived: string, credits: number, state = 'arrived') =>
  ({ amount, arrived, credits, state }) as never

it('adds what came, takes off what went back, and explains the first comparison', () => {
  const short = batchOf(batchWith(STEPS), [expectation('100.00', '93.00', 1, 'short')], [])
  expect(short.sums).toMatchObject({ state: 'unequal', difference: '-7.00' })
  expect(short).toMatchObject({
    receipts: 1,
    signedAt: 60_000,
    comparison: { billTotal: '100.00', arrivedAmount: '93.00', difference: '-7.00' },
  })
  const topped = batchOf(
    batchWith(STEPS),
    [expectation('100.00', '93.00', 1), expectation('7.00', '8.00', 1)],
    [{ name: 'surplus', state: 'settled', amount: '1.00' } as never],
  )
  expect(topped.sums).toMatchObject({ state: 'partly', arrived: '100.00' })
  const waiting = batchOf(batchWith([]), [expectation('100.00', '0.00', 0, 'expected')], [])
  expect(waiting).toMatchObject({ expected: '100.00', sums: { arrived: null, state: 'waiting' } })
})

const journal = (kind: string, caseId: string, residue: string | null, whole = '0.00') =>
  ({
    kind,
    case: caseId,
    fen: [
      { side: 'debit', account: '3902', amount: whole },
      { side: 'credit', account: '2201', amount: whole },
    ],
    subledger: residue === null ? null : { residue },
  }) as unknown as JournalShown

it('walks the residue register back to a batch', () => {
  const newest = [
    journal('UNIT_RESIDUE', 'LATER', null, '0.16'),
    journal('ALLOCATION', 'LATER', '0.16573046'),
    journal('UNIT_RESIDUE', 'CASE', null, '0.16'),
    journal('ALLOCATION', 'CASE', '0.16318206'),
  ]
  expect(carriedAfter(newest, 'LATER', '0.00891252')).toBe('0.00891252')
  expect(carriedAfter(newest, 'CASE', '0.00891252')).toBe('0.00318206')
  expect(carriedAfter(newest, 'OLDER', '0.00891252')).toBeNull()
})

it('names who must act now, whatever order the steps were opened in', () => {
  const found = batchWith([
    { step: 'collect' },
    { step: 'remit', status: 'open', holder: 'emp' },
    { step: 'arrival', status: 'waiting' },
  ])
  expect(holdersNow(found).map(({ step }) => step)).toEqual(['remit', 'arrival'])
})
