/*
 * Goal: whatever a package posts, and in whatever order, the books are balanced and the sub-ledger is
 * exactly the control accounts; what would break them is refused without a trace.
 * Method: random journals of an annuity plan on the real executor, good and spoiled ones mixed.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fenFromYuan } from '../vocabulary/money.ts'
import { digitsOf, textOf } from './exact.ts'
import { postJournal } from './post-journal.ts'
import { balances, books } from './records.ts'
import type { AccountLine } from './subledger.ts'
import type { PostingLine } from './terms.ts'
import {
  ANNUITY_CHART,
  accountOf,
  BOOK,
  createBookWorld,
  type FundsWorld,
  headOf,
  journalTerms,
  Keeper,
} from './testing.ts'

const CONTROL = ['3001', '3002', '3003'] as const
const OTHERS = ['1001', '1101.1', '1101.2', '2001', '2002', '2101', '2201', '3901'] as const

const transfer = fc.record({
  debit: fc.constantFrom(...OTHERS),
  credit: fc.constantFrom(...OTHERS),
  fen: fc.bigInt(1n, 100_000n),
  /** Added to one side only: 0 mostly. */
  spoil: fc.constantFrom(0n, 0n, 0n, 1n),
})
const allocation = fc.array(
  fc.record({
    account: fc.constantFrom('A', 'B', 'C').map(accountOf),
    part: fc.constantFrom('employer', 'employee'),
    chart: fc.constantFrom(...CONTROL),
    costFen: fc.bigInt(1n, 100_000n),
    taxedCostFen: fc.constant(0n),
    units: fc.bigInt(0n, 10n ** 9n),
    residue: fc.bigInt(0n, 10n ** 4n),
  }),
  { minLength: 1, maxLength: 5 },
)
const acts = fc.array(fc.oneof(transfer, allocation), { maxLength: 12 })

function credits(lines: readonly AccountLine[]): { credit: PostingLine[]; debit: PostingLine[] } {
  const cost = (chart: string) =>
    lines.reduce((sum, line) => (line.chart === chart ? sum + line.costFen : sum), 0n)
  const total = lines.reduce((sum, { costFen }) => sum + costFen, 0n)
  const units = textOf(
    lines.reduce((sum, line) => sum + line.units, 0n),
    4,
  )
  return {
    debit: [
      { account: '2001', amount: textOf(total, 2) },
      { account: 'U1', amount: units },
    ],
    credit: [
      ...CONTROL.map((account) => ({ account, amount: textOf(cost(account), 2) })),
      { account: 'U2', amount: units },
    ],
  }
}

function totals(funds: FundsWorld) {
  const sums = { fen: 0n, units: 0n }
  for (const [[, account], { amount }] of funds.world.state(balances).range()) {
    const { side, measure } = ANNUITY_CHART.accounts.find(
      ({ no }) => no === account || (no === '1101.*' && account.startsWith('1101.')),
    )!
    const digits = measure === 'fen' ? fenFromYuan(amount) : digitsOf(amount, 4)
    sums[measure] += side === 'debit' ? digits : -digits
  }
  return sums
}

it('any sequence of journals', () => {
  fc.assert(
    fc.property(acts, (played) => {
      const funds = createBookWorld()
      const keeper = new Keeper()
      for (const act of played) {
        if (Array.isArray(act)) {
          const subledger = keeper.post(headOf(funds.world), act)
          const terms = journalTerms({ ...credits(act), subledger })
          funds.act((ctx) => postJournal(ctx, terms))
        } else {
          const { debit, credit, fen, spoil } = act
          const terms = journalTerms({
            debit: [{ account: debit, amount: textOf(fen + spoil, 2) }],
            credit: [{ account: credit, amount: textOf(fen, 2) }],
          })
          const cash = fenFromYuan(funds.balance('1001') ?? '0.00')
          const out = (credit === '1001' ? fen : 0n) - (debit === '1001' ? fen + spoil : 0n)
          if (spoil > 0n || cash < out) {
            const { code } = funds.refuses((ctx) => postJournal(ctx, terms))
            expect(code).toBe(spoil > 0n ? 'UNBALANCED_FEN' : 'BALANCE_NEGATIVE')
          } else funds.act((ctx) => postJournal(ctx, terms))
        }
        expect(totals(funds)).toEqual({ fen: 0n, units: 0n })
      }
      const { sum } = headOf(funds.world)
      for (const account of CONTROL) {
        expect(funds.balance(account) ?? '0.00').toBe(sum[account]?.cost ?? '0.00')
      }
      const units = Object.values(sum).reduce((all, one) => all + digitsOf(one.units, 4), 0n)
      expect(funds.balance('U2') ?? '0.0000').toBe(textOf(units, 4))
      const residue = played
        .filter((act) => Array.isArray(act))
        .flat()
        .reduce((all, line) => all + line.residue, 0n)
      expect(funds.world.state(books).get(BOOK).carried).toBe(textOf(residue, 8))
    }),
    { numRuns: 60 },
  )
})
