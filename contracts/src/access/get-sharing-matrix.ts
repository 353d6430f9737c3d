/* 谁向谁要什么: the public table of reads between members, and what it cannot tell. */
import { type QueryView, query, type Reader } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { addMonths, civilDate, startOfDay } from '../vocabulary/civil-date.ts'
import { Code, Count, KebabName, MemberId, Nullable } from '../vocabulary/schemas.ts'
import { type Grant, GrantKind, grants, type Read, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { mayShowGrant } from './warrant-grants.ts'

/** Most reads that one answer adds up; of one month. */
const MOST_READS = 20_000

/** A count below it is told as `null`: who knows one of a handful of cases would know it was theirs. */
export const LEAST_TOLD = 5

/**
 * What the table does not show, told with every answer: people and officers; content; reads under a warrant
 * until its day; counts below `LEAST_TOLD`; what was asked for and refused before any read; and what a
 * member does with what it opened, or shares outside this chain.
 */
export const NOT_SHOWN = [
  'PEOPLE_AND_OFFICERS',
  'CONTENT',
  'DELAYED_WARRANTS',
  'SMALL_COUNTS',
  'REFUSED_BEFORE_READING',
  'USE_AFTER_READING',
  'OUTSIDE_THIS_CHAIN',
] as const

const Cell = Type.Object({
  /** Who asks. */
  member: MemberId,
  /** Whom. */
  owner: MemberId,
  /** For what. */
  service: KebabName,
  purpose: Code,
  kind: GrantKind,
  /** Grants that were used; `null`: fewer reads than are told. */
  grants: Nullable(Count),
  reads: Nullable(Count),
  /** Records, rows and people looked for. */
  looked: Nullable(Count),
})
type Cell = Static<typeof Cell>

/**
 * Who asked whom for what in a month that has ended (UTC+08:00), with counts. Anyone may ask. Whole months
 * only: from two periods that differ by one read, or from one that still grows, anyone would learn of it.
 */
export const getSharingMatrix = query({
  name: 'access.getSharingMatrix',
  summary: 'Counts who asked whom for what in a month, and says what that does not show.',
  input: Type.Object({
    year: Type.Integer({ minimum: 2000, maximum: 9998 }),
    month: Type.Integer({ minimum: 1, maximum: 12 }),
  }),
  output: Type.Object({
    cells: Type.Array(Cell),
    leastTold: Count,
    notShown: Type.Array(Code),
  }),
  mayRead: () => true,
  run(view, { year, month }, reader) {
    const first = civilDate(year, month, 1)
    const period = { from: startOfDay(first), to: startOfDay(addMonths(first, 1)) }
    if (view.time < period.to) {
      view.refuse(accessRefusal({ code: 'MONTH_NOT_ENDED', ends: period.to }))
    }
    return { cells: cellsOf(view, period, reader), leastTold: LEAST_TOLD, notShown: [...NOT_SHOWN] }
  },
})

interface Counted {
  readonly grant: Grant
  readonly owner: string
  readonly used: Set<string>
  reads: number
  looked: number
}

function cellsOf(
  view: QueryView,
  { from, to }: { readonly from: number; readonly to: number },
  reader: Reader,
): Cell[] {
  const known = new Map<string, Grant>()
  const cells = new Map<string, Counted>()
  let count = 0
  for (const [, read] of view.state(reads).index('byTime', { from: [from] })) {
    if (read.at >= to) break
    count += 1
    if (count > MOST_READS) {
      view.refuse(accessRefusal({ code: 'PERIOD_TOO_BUSY', most: MOST_READS }))
    }
    const grant = known.get(read.grant) ?? view.state(grants).get(read.grant)
    known.set(read.grant, grant)
    if (mayShowGrant(grant, reader, view.time)) add(cells, grant, read)
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => toldOf(counted))
}

function add(cells: Map<string, Counted>, grant: Grant, read: Read): void {
  const { code, service } = grant.purpose
  const key = JSON.stringify([read.member, read.owner, service, code, grant.kind])
  const cell = cells.get(key) ?? { grant, owner: read.owner, used: new Set(), reads: 0, looked: 0 }
  cell.used.add(grant.id)
  cell.reads += 1
  cell.looked += read.rows?.count ?? Math.max(1, read.items.length)
  cells.set(key, cell)
}

function toldOf({ grant, owner, used, reads: read, looked }: Counted): Cell {
  const { purpose, kind, holder } = grant
  const isTold = read >= LEAST_TOLD
  return {
    member: holder.member,
    owner,
    service: purpose.service,
    purpose: purpose.code,
    kind,
    grants: isTold ? used.size : null,
    reads: isTold ? read : null,
    looked: isTold ? looked : null,
  }
}
