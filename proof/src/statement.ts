import type { Bytes, Json } from '@renshe/crypto'
import { addDecimals, type Decimal, equalDecimals, parseDecimal, parseFen } from './decimal.ts'
import {
  count,
  hex,
  list,
  nullable,
  object,
  readCanonical,
  type Shape,
  ShapeRefused,
  text,
} from './shape.ts'

/** One part of an account under one chart number: yuan with two places, units at the plan's scale. */
export type StatementPart = {
  readonly chart: string
  readonly part: string
  readonly cost: string
  readonly taxedCost: string
  readonly units: string
}

/** What an account holds after a journal. */
export type BalanceContent = {
  readonly account: string
  readonly version: number
  /** Ascending by part, then chart. */
  readonly parts: readonly StatementPart[]
  readonly cost: string
  readonly units: string
  /** Journal that last touched the account. */
  readonly lastEntry: string | null
}

/** What one journal did to an account. */
export type EntryContent = {
  readonly account: string
  readonly version: number
  readonly journal: string
  readonly lines: readonly (StatementPart & { readonly residue: string })[]
}

/** A statement: the balance at t0 (null: the account began later), every entry, the balance at t1. */
export type Statement = {
  readonly from: BalanceContent | null
  readonly entries: readonly EntryContent[]
  readonly to: BalanceContent
}

const fen: Shape<string> = (value, at) => {
  if (typeof value !== 'string' || parseFen(value) === null) {
    throw new ShapeRefused(at, 'yuan with two places')
  }
  return value
}
const decimal: Shape<string> = (value, at) => {
  if (typeof value !== 'string' || parseDecimal(value) === null) {
    throw new ShapeRefused(at, 'a decimal')
  }
  return value
}
const account = hex(16)
const partMembers = {
  chart: text(32),
  part: text(64),
  cost: fen,
  taxedCost: fen,
  units: decimal,
}
const balanceShape = object<BalanceContent>({
  account,
  version: count,
  parts: list(object<StatementPart>(partMembers)),
  cost: fen,
  units: decimal,
  lastEntry: nullable(text(64)),
})
const entryShape = object<EntryContent>({
  account,
  version: count,
  journal: text(64),
  lines: list(object<EntryContent['lines'][number]>({ ...partMembers, residue: decimal })),
})

/** Reads the content of a section `balance`. @throws ShapeRefused */
export function parseBalance(content: Bytes): BalanceContent {
  return readCanonical(content, balanceShape)
}

/** Reads the content of a section `entry`. @throws ShapeRefused */
export function parseEntry(content: Bytes): EntryContent {
  return readCanonical(content, entryShape)
}

/** Why a statement does not add up. */
export type StatementFault = {
  readonly code:
    | 'STATEMENT_ACCOUNT'
    | 'STATEMENT_VERSION'
    | 'STATEMENT_LAST_ENTRY'
    | 'STATEMENT_PARTS'
    | 'STATEMENT_TOTAL'
    | 'STATEMENT_SUM'
  /** Where it was seen: a version, a part, a sum. */
  readonly facts: { readonly [fact: string]: Json }
}

/**
 * Checks the arithmetic of a statement: one account, versions without a gap, last entries named,
 * totals of each balance, and `balance(t0) + Σ lines = balance(t1)` per part in fen and units. A
 * journal that was left out breaks the versions.
 *
 * @returns null if it adds up
 * @source ledger-bytes.md section 13
 */
export function statementFault(statement: Statement): StatementFault | null {
  return (
    accountFault(statement) ??
    versionFault(statement) ??
    balanceFault(statement.from) ??
    balanceFault(statement.to) ??
    sumFault(statement)
  )
}

function accountFault({ from, entries, to }: Statement): StatementFault | null {
  const own = [...(from ? [from] : []), ...entries]
  const other = own.find((content) => content.account !== to.account)
  return other ? fault('STATEMENT_ACCOUNT', { account: other.account, expected: to.account }) : null
}

function versionFault({ from, entries, to }: Statement): StatementFault | null {
  let version = from?.version ?? 0
  for (const entry of entries) {
    version++
    if (entry.version !== version) {
      return fault('STATEMENT_VERSION', { found: entry.version, expected: version })
    }
  }
  if (to.version !== version)
    return fault('STATEMENT_VERSION', { found: to.version, expected: version })
  const last = entries.at(-1)?.journal ?? from?.lastEntry ?? null
  if (to.lastEntry !== last) {
    return fault('STATEMENT_LAST_ENTRY', { found: to.lastEntry, expected: last })
  }
  return null
}

const FIELDS = ['cost', 'taxedCost', 'units'] as const
type Sums = Readonly<Record<(typeof FIELDS)[number], Decimal>>
const NOTHING: Decimal = { digits: 0n, places: 0 }

function partKey({ part, chart }: StatementPart): string {
  return `${part}\0${chart}`
}

function balanceFault(balance: BalanceContent | null): StatementFault | null {
  if (balance === null) return null
  const keys = balance.parts.map(partKey)
  if (!keys.every((key, i) => i === 0 || keys[i - 1]! < key)) {
    return fault('STATEMENT_PARTS', { version: balance.version })
  }
  for (const field of ['cost', 'units'] as const) {
    const total = balance.parts.reduce(
      (sum, part) => addDecimals(sum, amount(part[field])),
      NOTHING,
    )
    if (!equalDecimals(total, amount(balance[field]))) {
      return fault('STATEMENT_TOTAL', { version: balance.version, field, found: balance[field] })
    }
  }
  return null
}

function sumFault({ from, entries, to }: Statement): StatementFault | null {
  const expected = new Map<string, Sums>()
  for (const part of [...(from?.parts ?? []), ...entries.flatMap(({ lines }) => lines)]) {
    const before = expected.get(partKey(part))
    expected.set(partKey(part), {
      cost: addDecimals(before?.cost ?? NOTHING, amount(part.cost)),
      taxedCost: addDecimals(before?.taxedCost ?? NOTHING, amount(part.taxedCost)),
      units: addDecimals(before?.units ?? NOTHING, amount(part.units)),
    })
  }
  const found = new Map(to.parts.map((part) => [partKey(part), part]))
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    for (const field of FIELDS) {
      const wanted = expected.get(key)?.[field] ?? NOTHING
      const actual = amount(found.get(key)?.[field] ?? '0')
      if (!equalDecimals(wanted, actual)) {
        const [part = '', chart = ''] = key.split('\0')
        return fault('STATEMENT_SUM', { part, chart, field })
      }
    }
  }
  return null
}

/** A decimal whose spelling the shape has checked. */
function amount(spelled: string): Decimal {
  const parsed = parseDecimal(spelled)
  if (parsed === null) throw new RangeError(`${spelled} is no decimal`)
  return parsed
}

function fault(code: StatementFault['code'], facts: StatementFault['facts']): StatementFault {
  return { code, facts }
}
