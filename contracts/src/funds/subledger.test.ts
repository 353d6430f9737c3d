/*
 * Goal: the accounts of persons add up to the control accounts, whatever order lines come in, and
 * versions rise by one; the contents are byte for byte those of the published vectors.
 * Method: fast-check over many journals on few accounts; vectors/ledger-bytes.json.
 */
import { readFileSync } from 'node:fs'
import { fromBase64Url, fromUtf8, utf8 } from '@renshe/crypto'
import { parseBalance, parseEntry, type StatementFault, statementFault } from '@renshe/proof'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yuanFromFen } from '../vocabulary/money.ts'
import {
  type AccountBalance,
  type AccountEntry,
  type AccountLine,
  type AppliedLines,
  applyLines,
  emptyAccount,
  totalsOf,
} from './subledger.ts'
import {
  balanceContent,
  entryContent,
  readBalance,
  readEntry,
  SubledgerContentRefused,
} from './subledger-content.ts'
import { accountOf, SCALE } from './testing.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
).subledger as Record<'before' | 'after' | 'entries', { opening: { content: string } }[]>

const amount = fc.bigInt(-(10n ** 9n), 10n ** 9n)
const line: fc.Arbitrary<AccountLine> = fc.record({
  account: fc.constantFrom('A', 'B', 'C', 'D').map(accountOf),
  part: fc.constantFrom('employee', 'employer'),
  chart: fc.constantFrom('3001', '3002', '3003'),
  costFen: amount,
  taxedCostFen: amount,
  units: amount,
  residue: amount,
})
const journalsOfLines = fc.array(fc.array(line, { maxLength: 12 }), { maxLength: 8 })

function play(lists: readonly (readonly AccountLine[])[]): AppliedLines[] {
  const played: AppliedLines[] = []
  let balances: ReadonlyMap<string, AccountBalance> = new Map()
  lists.forEach((lines, index) => {
    const applied = applyLines(balances, lines, { journal: `journal-${index}`, scale: SCALE })
    played.push(applied)
    balances = applied.balances
  })
  return played
}

describe('properties', () => {
  it('sum = previous sum + delta, per control account, in cost and units', () => {
    fc.assert(
      fc.property(journalsOfLines, (lists) => {
        const expected = new Map<string, { cost: bigint; units: bigint }>()
        play(lists).forEach(({ sum, delta }, index) => {
          const own = new Map<string, { cost: bigint; units: bigint }>()
          for (const { chart, costFen, units } of lists[index]!) {
            for (const totals of [expected, own]) {
              const { cost, units: held } = totals.get(chart) ?? { cost: 0n, units: 0n }
              totals.set(chart, { cost: cost + costFen, units: held + units })
            }
          }
          const said = (totals: typeof sum) =>
            Object.entries(totals).map(([chart, { cost, units }]) => [chart, cost, units])
          const wanted = (totals: typeof own) =>
            [...totals]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([chart, { cost, units }]) => [
                chart,
                yuanFromFen(cost),
                (Number(units) / 10_000).toFixed(4).replace('-0.0000', '0.0000'),
              ])
          expect(said(delta)).toEqual(wanted(own))
          expect(said(sum)).toEqual(wanted(expected))
        })
      }),
    )
  })

  it('the order of lines does not matter', () => {
    fc.assert(
      fc.property(
        journalsOfLines,
        fc.array(fc.nat(), { minLength: 96, maxLength: 96 }),
        (lists, keys) => {
          const shuffled = lists.map((lines) =>
            lines
              .map((own, index) => ({ own, key: keys[index]! }))
              .sort((a, b) => a.key - b.key)
              .map(({ own }) => own),
          )
          expect(play(shuffled).map(spelled)).toEqual(play(lists).map(spelled))
        },
      ),
    )
  })

  it('versions rise by one per journal, and every statement adds up', () => {
    fc.assert(
      fc.property(journalsOfLines, fc.nat(8), (lists, from) => {
        const played = play(lists)
        const last = played[played.length - 1]
        for (const [account, after] of last?.balances ?? []) {
          const own = (some: readonly AppliedLines[]): AccountEntry[] =>
            some.flatMap(({ entries }) => entries.filter((entry) => entry.account === account))
          expect(findStatementFault(null, own(played), after)).toBeNull()
          const before = played[from]?.balances.get(account)
          if (before !== undefined) {
            expect(findStatementFault(before, own(played.slice(from + 1)), after)).toBeNull()
          }
        }
      }),
    )
  })

  it('a statement without one of its journals never adds up', () => {
    fc.assert(
      fc.property(journalsOfLines, fc.nat(), (lists, which) => {
        const played = play(lists)
        for (const [account, after] of played[played.length - 1]?.balances ?? []) {
          const entries = played.flatMap((applied) =>
            applied.entries.filter((entry) => entry.account === account),
          )
          const without = entries.toSpliced(which % entries.length, 1)
          expect(findStatementFault(null, without, after)?.code).toBe('STATEMENT_VERSION')
        }
      }),
    )
  })

  it('contents survive writing and reading', () => {
    fc.assert(
      fc.property(journalsOfLines, (lists) => {
        for (const { balances, entries } of play(lists)) {
          for (const balance of balances.values()) {
            expect(readBalance(balanceContent(balance, SCALE), SCALE)).toEqual(balance)
          }
          for (const entry of entries) {
            expect(readEntry(entryContent(entry, SCALE), SCALE)).toEqual(entry)
          }
        }
      }),
    )
  })

  it('names every part that went below zero, and only those', () => {
    fc.assert(
      fc.property(journalsOfLines, (lists) => {
        for (const { balances, entries, negative } of play(lists)) {
          const touched = new Set(entries.map(({ account }) => account))
          const below = [...balances.values()]
            .filter(({ account }) => touched.has(account))
            .flatMap(({ account, parts }) =>
              parts
                .filter((part) => part.costFen < 0n || part.taxedCostFen < 0n || part.units < 0n)
                .map(({ part, chart }) => `${account} ${part} ${chart}`),
            )
          const named = negative.map(({ account, part, chart }) => `${account} ${part} ${chart}`)
          expect(named.sort()).toEqual(below.sort())
        }
      }),
    )
  })
})

/** The statement's own check, over the bytes that would be sealed: by the room that verifies evidence. */
function findStatementFault(
  before: AccountBalance | null,
  entries: readonly AccountEntry[],
  after: AccountBalance,
): StatementFault | null {
  return statementFault({
    from: before === null ? null : parseBalance(balanceContent(before, SCALE)),
    entries: entries.map((entry) => parseEntry(entryContent(entry, SCALE))),
    to: parseBalance(balanceContent(after, SCALE)),
  })
}

function spelled({ balances, entries, delta, sum, residue }: AppliedLines) {
  return {
    balances: [...balances.values()]
      .map((balance) => fromUtf8(balanceContent(balance, SCALE)))
      .sort(),
    entries: entries.map((entry) => fromUtf8(entryContent(entry, SCALE))),
    delta,
    sum,
    residue,
  }
}

it('an untouched account stays the same object', () => {
  const untouched = emptyAccount(accountOf('F'))
  const { balances } = applyLines(new Map([[untouched.account, untouched]]), [], {
    journal: 'journal',
    scale: SCALE,
  })
  expect(balances.get(untouched.account)).toBe(untouched)
})

it('an account that exists before its first entry continues from version 1', () => {
  const empty = emptyAccount(accountOf('F'))
  const line: AccountLine = {
    account: empty.account,
    part: 'employee',
    chart: '3003',
    costFen: 1n,
    taxedCostFen: 0n,
    units: 1n,
    residue: 0n,
  }
  const applied = applyLines(new Map([[empty.account, empty]]), [line], {
    journal: 'journal',
    scale: SCALE,
  })
  expect(applied.entries[0]?.version).toBe(2)
  const after = applied.balances.get(empty.account)!
  expect(findStatementFault(empty, applied.entries, after)).toBeNull()
  expect(findStatementFault(null, applied.entries, after)?.code).toBe('STATEMENT_VERSION')
})

describe('vectors of ledger-bytes section 13', () => {
  const contents = (which: 'before' | 'after' | 'entries') =>
    vectors[which].map(({ opening }) => fromBase64Url(opening.content))

  it('balances and entries are read and written to the same bytes', () => {
    for (const content of [...contents('before'), ...contents('after')]) {
      expect(balanceContent(readBalance(content, SCALE), SCALE)).toEqual(content)
    }
    for (const content of contents('entries')) {
      expect(entryContent(readEntry(content, SCALE), SCALE)).toEqual(content)
    }
  })

  it('the journal leads from the balances before to those after', () => {
    const before = contents('before').map((content) => readBalance(content, SCALE))
    const after = contents('after').map((content) => readBalance(content, SCALE))
    const entries = contents('entries').map((content) => readEntry(content, SCALE))
    const lines = entries.flatMap(({ account, lines: own }) =>
      own.map((line) => ({ ...line, account })),
    )
    const applied = applyLines(new Map(before.map((own) => [own.account, own])), lines, {
      journal: entries[0]!.journal,
      scale: SCALE,
    })
    expect([...applied.balances.values()].sort((a, b) => (a.account < b.account ? -1 : 1))).toEqual(
      after,
    )
    expect(applied.entries).toEqual(entries)
    expect(applied.delta).toEqual({ 3003: { cost: '466.20', units: '362.9145' } })
    expect(applied.sum).toEqual({ 3003: { cost: '840.04', units: '653.9311' } })
    expect(totalsOf(before, SCALE)).toEqual({ 3003: { cost: '373.84', units: '291.0166' } })
  })
})

describe('contents that are refused', () => {
  const good = JSON.parse(fromUtf8(fromBase64Url(vectors.after[0]!.opening.content))) as Record<
    string,
    unknown
  >
  const entry = JSON.parse(fromUtf8(fromBase64Url(vectors.entries[0]!.opening.content))) as Record<
    string,
    unknown
  >
  const bytes = (json: unknown) => utf8(sortedJson(json))
  const part = (good.parts as Record<string, unknown>[])[0]!

  it.each<[string, Record<string, unknown>, string]>([
    ['another member', { ...good, note: 'x' }, ''],
    ['a cost that is not the sum', { ...good, cost: '420.01' }, 'cost'],
    ['units that are not the sum', { ...good, units: '326.9501' }, 'units'],
    ['units at another scale', { ...good, units: '326.950' }, 'units'],
    ['money with one place', { ...good, parts: [{ ...part, cost: '420.0' }] }, 'parts/0/cost'],
    ['a part with another member', { ...good, parts: [{ ...part, x: '' }] }, 'parts/0/'],
    ['a part twice', { ...good, parts: [part, part] }, 'parts/1'],
    ['parts that are no list', { ...good, parts: 'none' }, 'parts'],
    ['a part that is no object', { ...good, parts: ['none'] }, 'parts/0'],
    ['a part without a name', { ...good, parts: [{ ...part, part: 3 }] }, 'parts/0/part'],
    ['version 0', { ...good, version: 0 }, 'version'],
    ['an account that is no text', { ...good, account: 7 }, 'account'],
  ])('balance: %s', (_, json, place) => {
    expect(() => readBalance(bytes(json), SCALE)).toThrow(SubledgerContentRefused)
    expect(() => readBalance(bytes(json), SCALE)).toThrow(`${place}: expected`)
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a missing journal', { ...entry, journal: undefined }, ''],
    ['no journal id', { ...entry, journal: null }, 'journal'],
    [
      'a residue at another scale',
      { ...entry, lines: [{ ...(entry.lines as object[])[0], residue: '0.00' }] },
      'lines/0/residue',
    ],
  ])('entry: %s', (_, json, place) => {
    expect(() => readEntry(bytes(json), SCALE)).toThrow(`${place}: expected`)
  })

  it('bytes that are not JCS', () => {
    expect(() => readBalance(utf8(JSON.stringify(good, null, 1)), SCALE)).toThrow('JSON')
  })
})

function sortedJson(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
