import {
  fromBase64Url,
  fromUtf8,
  isWellFormedText,
  type Json,
  parseStrictJson,
} from '@renshe/crypto'
import type { ContentReading } from './check-content.ts'
import { headersOf } from './check-inclusion.ts'
import { addDecimals, divideExactly, parseDecimal, spellDecimal } from './decimal.ts'
import {
  type EvidenceAct,
  type EvidenceFile,
  type EvidenceKind,
  memberOf,
  targetOf,
} from './evidence-file.ts'
import { isDemonstration } from './header.ts'
import type { Opened } from './opening.ts'
import type { BalanceContent, StatementPart } from './statement.ts'
import type { TransactionBody, TransactionResult } from './transaction.ts'

/** One act in plain facts. */
export type ActSummary = {
  readonly txId: string
  readonly action: string
  readonly input: Json
  readonly code: string
  readonly signer: TransactionResult['signer']
  readonly signature: string
  readonly height: number
  readonly index: number
  /** UTC ms; null if the file lacks the header. */
  readonly time: number | null
}

/** Something opened, decoded: JSON if it is JSON, else text, else null (show its size). */
export type OpenedSummary = {
  readonly of: string
  readonly tree: Opened['tree']
  readonly record: string | null
  readonly code: string | null
  readonly sections: readonly {
    readonly name: string
    readonly owner: string | null
    readonly bytes: number
    readonly content: Json
  }[]
}

/** One part of a row; the residue and the net value that it implies only in entries. */
export type StatementCell = StatementPart & {
  readonly residue: string | null
  /** (cost − residue) ÷ units, where that comes out exactly. */
  readonly netValue: string | null
}

/** A row of a statement: an opening or closing balance, or one line of an entry. */
export type StatementRow = {
  readonly kind: 'from' | 'entry' | 'to'
  /** UTC ms of the block that recorded it; null if the file lacks the header. */
  readonly time: number | null
  readonly journal: string | null
  /** Kind of the journal, where its record says one. */
  readonly journalKind: string | null
  readonly parts: readonly StatementCell[]
  readonly cost: string | null
  readonly units: string | null
}

/** What a file says, for people; it is only as good as the seven checks beside it. */
export type EvidenceSummary = {
  readonly kind: EvidenceKind
  readonly chain: string
  /** True: fictional people and money, and a scripted clock. */
  readonly demonstration: boolean
  readonly acts: readonly ActSummary[]
  readonly opened: readonly OpenedSummary[]
  readonly records: readonly {
    readonly collection: string
    readonly key: string
    readonly value: Json
  }[]
  /** Rows of a statement (kind `line`), once its content holds. */
  readonly statement: { readonly account: string; readonly rows: readonly StatementRow[] } | null
  readonly tip: { readonly height: number; readonly time: number; readonly log: string }
}

/** Tells what a file says. `content` is the outcome of its first check. */
export function summarize(file: EvidenceFile, content: ContentReading): EvidenceSummary {
  const { kind, tip } = file
  return {
    kind,
    chain: tip.chain,
    demonstration: isDemonstration(tip.chain),
    acts: file.acts.map((act, i) => actSummary(file, act, content.bodies[i] ?? null)),
    opened: file.opened.map(openedSummary),
    records: file.records.map(({ collection, key, value }) => ({
      collection,
      key: key.join(' / '),
      value,
    })),
    statement: statementSummary(file, content),
    tip: { height: tip.height, time: tip.time, log: tip.log },
  }
}

function actSummary(
  file: EvidenceFile,
  act: EvidenceAct,
  body: TransactionBody | null,
): ActSummary {
  return {
    txId: act.txId,
    action: body?.action ?? '—',
    input: body?.input ?? null,
    code: act.result.code,
    signer: act.result.signer,
    signature: act.signature.kind,
    height: act.height,
    index: act.index,
    time: headersOf(file).get(act.height)?.time ?? null,
  }
}

function openedSummary(opened: Opened): OpenedSummary {
  const { of, tree, leaf } = opened
  const sections: OpenedSummary['sections'][number][] = []
  for (const section of opened.sections) {
    if ('headerHash' in section) {
      const fields = section.leaves.map(({ value }) => [...value] as Json)
      sections.push({ name: '', owner: null, bytes: 0, content: fields })
      continue
    }
    const bytes = fromBase64Url(section.content)
    const header = 'header' in section ? section.header : null
    sections.push({
      name: header?.section ?? '',
      owner: header?.owner ?? null,
      bytes: bytes.length,
      content: decodeContent(bytes),
    })
  }
  const record = leaf !== null && 'record' in leaf ? leaf.record : null
  const code = leaf !== null && 'code' in leaf ? leaf.code : null
  return { of, tree, record, code, sections }
}

/** JSON if it is strict JSON, text if it is UTF-8, null otherwise (a picture, a scan). */
function decodeContent(bytes: Uint8Array): Json {
  try {
    return parseStrictJson(bytes)
  } catch {
    // Any bytes may be sealed; what is not JSON is shown as text, what is not text as its size.
  }
  try {
    const text = fromUtf8(bytes)
    return isWellFormedText(text) && !text.includes('\0') ? text : null
  } catch {
    return null
  }
}

function statementSummary(
  file: EvidenceFile,
  { statement }: ContentReading,
): EvidenceSummary['statement'] {
  if (statement === null) return null
  const { from, entries, to } = statement
  const firstEntry = from === null ? 0 : 1
  const rows: StatementRow[] = []
  if (from !== null) rows.push({ ...rowOf(file, 0), kind: 'from', ...balanceCells(from) })
  entries.forEach((entry, i) => {
    rows.push({
      ...rowOf(file, firstEntry + i),
      kind: 'entry',
      parts: entry.lines.map((line) => ({ ...line, netValue: netValueOf(line) })),
      cost: null,
      units: null,
    })
  })
  rows.push({ ...rowOf(file, file.opened.length - 1), kind: 'to', ...balanceCells(to) })
  return { account: to.account, rows }
}

function balanceCells({
  parts,
  cost,
  units,
}: BalanceContent): Pick<StatementRow, 'parts' | 'cost' | 'units'> {
  return { parts: parts.map((part) => ({ ...part, residue: null, netValue: null })), cost, units }
}

/** What the journal's record says about itself; contracts may add more without a new file format. */
function rowOf(
  file: EvidenceFile,
  opened: number,
): Pick<StatementRow, 'time' | 'journal' | 'journalKind'> {
  const target = targetOf(file, file.opened[opened]!.of)
  const value = 'value' in target ? target.value : null
  const kind = memberOf(value ?? undefined, 'kind')
  const key = 'key' in target ? target.key.at(-1) : undefined
  return {
    time: headersOf(file).get(target.height)?.time ?? null,
    journal: typeof key === 'string' ? key : null,
    journalKind: typeof kind === 'string' ? kind : null,
  }
}

/** The net value at which a line was dealt: units × net value + residue = cost, without rounding. */
function netValueOf({ cost, units, residue }: StatementPart & { residue: string }): string | null {
  const [paid, bought, left] = [parseDecimal(cost), parseDecimal(units), parseDecimal(residue)]
  if (paid === null || bought === null || left === null) return null
  const dealt = addDecimals(paid, { digits: -left.digits, places: left.places })
  const quotient = divideExactly(dealt, bought, LEAST_NET_VALUE_PLACES)
  return quotient && spellDecimal(quotient)
}

const LEAST_NET_VALUE_PLACES = 4
