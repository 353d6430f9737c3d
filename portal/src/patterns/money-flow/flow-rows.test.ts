// Goal: the rows of a batch are what its steps say: order of the ledger, what is now, what comes, what is sealed.
// Method: one batch in the middle of its way, then one detail changed at a time.
import { expect, it } from 'vitest'
import { batchWith, type StepSaid } from './batch.fixture.ts'
import { nameLines, placeLabel, planFlow, textWidth } from './flow-layout.ts'
import { type FlowRow, flowRows } from './flow-rows.ts'

const UNTIL_ARRIVAL: readonly StepSaid[] = [
  { step: 'upload-payroll', holder: 'emp', outcome: 'sent' },
  { step: 'bill', holder: 'acc', outcome: 'billed', values: { billTotal: '100.00' } },
  { step: 'confirm', holder: 'emp', outcome: 'confirmed' },
  { step: 'collect', holder: 'tru', values: { outstanding: '100.00' } },
  { step: 'remit', holder: 'emp' },
]

const rowsWith = (steps: readonly StepSaid[], open: readonly string[] = []): readonly FlowRow[] =>
  flowRows({
    contribution: batchWith(steps),
    valuation: null,
    portfolioShares: ['0.6000', '0.4000'],
    canOpen: (section) => open.includes(section),
  })

const numbers = (rows: readonly FlowRow[]) => rows.map(({ no, state }) => `${no} ${state}`)

it('orders what is done, then what is now, then what comes', () => {
  const rows = rowsWith([
    ...UNTIL_ARRIVAL,
    { step: 'remittance', holder: 'bnk', status: 'waiting', openedBy: 4 },
    { step: 'arrival', status: 'waiting' },
  ])
  expect(numbers(rows)).toEqual([
    '9 done',
    '10 done',
    '11 done',
    '12 done',
    '13 done',
    '14 current',
    '15 later',
    '21 later',
    '22 later',
    '16 later',
    '17 later',
    '18 later',
  ])
  const paid = rows.find(({ no }) => no === 13)
  expect(paid?.hops.map(({ state }) => state)).toEqual(['done', 'current'])
  expect(paid).toMatchObject({ value: '100.00', isTold: true, txId: 'tx4' })
  expect(rows.at(-1)).toMatchObject({ value: null, isTold: false, txId: null })
})

it('draws a branch only where it happened, with what its outcome says', () => {
  expect(rowsWith(UNTIL_ARRIVAL).some(({ no }) => no === null)).toBe(false)
  const rows = rowsWith([
    ...UNTIL_ARRIVAL,
    { step: 'arrival', outcome: 'short' },
    { step: 'shortfall', holder: 'tru', status: 'open' },
  ])
  expect(rows.find(({ no }) => no === 14)?.label.zh).toBe('到账通知：短缴')
  expect(rows.find(({ no }) => no === null)).toMatchObject({ state: 'current', awaits: ['tru'] })
})

it('seals a message to whoever may not open its section', () => {
  const sealed = (rows: readonly FlowRow[]) =>
    rows.filter(({ isSealed }) => isSealed).map(({ no }) => no)
  expect(sealed(rowsWith(UNTIL_ARRIVAL))).toEqual([9, 10])
  expect(sealed(rowsWith(UNTIL_ARRIVAL, ['payroll']))).toEqual([])
})

it('keeps every round, says values as they were then, and takes 21 from the valuation', () => {
  const rows = flowRows({
    contribution: batchWith([
      ...UNTIL_ARRIVAL,
      { step: 'arrival', outcome: 'short' },
      { step: 'shortfall', holder: 'tru', outcome: 'top-up', values: { outstanding: '7.00' } },
      { step: 'remit', holder: 'emp', round: 2 },
    ]),
    valuation: batchWith(
      [{ step: 'compare', outcome: 'equal', values: { differences: ['0.00', '0.00'] } }],
      'annuity-valuation',
    ),
    portfolioShares: [],
    canOpen: () => true,
  })
  const payments = rows.filter(({ no }) => no === 13)
  expect(payments.map(({ value }) => value)).toEqual(['100.00', '7.00'])
  expect(rows.find(({ no }) => no === 21)).toMatchObject({ state: 'done', value: '0.00 / 0.00' })
})

it('draws 21 as on its way while one side still values', () => {
  const rows = flowRows({
    contribution: batchWith([{ step: 'price', status: 'waiting' }]),
    valuation: batchWith(
      [
        { step: 'value-by-manager', holder: 'one' },
        { step: 'value-by-custodian', status: 'open' },
      ],
      'annuity-valuation',
    ),
    portfolioShares: [],
    canOpen: () => true,
  })
  const current = rows.filter(({ state }) => state === 'current')
  expect(current.map(({ no, awaits }) => [no, awaits])).toEqual([
    [21, ['cus']],
    [22, ['cus']],
  ])
})

it('places labels where nothing is drawn, and never cuts a name', () => {
  const plan = planFlow(12, 1, { width: 916, height: 0 })
  expect(plan).toMatchObject({ row: 30, height: 50 + 12 * 30 + 8 })
  expect(planFlow(12, 1, { width: 916, height: 2_000 }).row).toBe(48)
  const wide = placeLabel(['trustee', 'custodian'], plan, 130).left
  expect(wide).toBeGreaterThan(0)
  const beside = placeLabel(['investmentManagers', 'custodian'], plan, 110).left
  // Ends before the arrow's tip, which is at the custodian's lane.
  expect(beside + 110).toBeLessThan(46 + ((916 - 46) / 7) * 4.5)
  const lines = nameLines(['示例·一家名字非常非常长的养老保险公司'], 100, (text) =>
    textWidth(text, 11),
  )
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join('')).toBe('示例·一家名字非常非常长的养老保险公司')
})
