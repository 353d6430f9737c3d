import { equalBytes, fromBase64Url, fromHex } from '@renshe/crypto'
import { type Finding, green, red } from './check.ts'
import { type EvidenceFile, targetOf } from './evidence-file.ts'
import { type Opened, openingFault, type WholeOpening } from './opening.ts'
import { ShapeRefused } from './shape.ts'
import {
  parseBalance,
  parseEntry,
  type Statement,
  type StatementFault,
  statementFault,
} from './statement.ts'
import { parseBody, type TransactionBody, transactionId } from './transaction.ts'

/** What `content` found, and what the later checks read of it. */
export type ContentReading = {
  readonly finding: Finding
  /** Bodies of the acts, in their order; empty if one does not parse. */
  readonly bodies: readonly TransactionBody[]
  /** The statement of a `line`, if its openings hold and add up. */
  readonly statement: Statement | null
}

/**
 * `content`: every body is strict and its hash is the txId; every opening leads to the root,
 * commitment or hash in its body or record; a statement adds up.
 */
export function checkContent(file: EvidenceFile): ContentReading {
  const bodies: TransactionBody[] = []
  for (const [i, act] of file.acts.entries()) {
    const bytes = fromBase64Url(act.body)
    if (!equalBytes(transactionId(bytes), fromHex(act.txId))) {
      return failed(red('BODY_OTHER', { act: i }))
    }
    try {
      bodies.push(parseBody(bytes))
    } catch (error) {
      if (!(error instanceof ShapeRefused)) throw error
      return failed(red('BODY_MALFORMED', { act: i, at: error.at, expected: error.expected }))
    }
  }
  for (const [i, opened] of file.opened.entries()) {
    const target = targetOf(file, opened.of)
    const holder = 'body' in target ? bodies[Number(opened.of.split('/')[1])]?.input : target.value
    const fault = holder ? openingFault(opened, holder) : 'OPENING_UNCOMMITTED'
    if (fault !== null) return failed(red(fault, { opened: i, of: opened.of }))
  }
  if (file.kind === 'line') return checkStatement(file, bodies)
  const code = file.opened.length === 0 ? 'CONTENT_BODY_ONLY' : 'CONTENT_OPENED'
  return { finding: green(code, openedFacts(file)), bodies, statement: null }
}

function failed(finding: Finding): ContentReading {
  return { finding, bodies: [], statement: null }
}

function openedFacts(file: EvidenceFile): { acts: number; opened: number } {
  return { acts: file.acts.length, opened: file.opened.length }
}

function checkStatement(file: EvidenceFile, bodies: readonly TransactionBody[]): ContentReading {
  const read = readStatement(file)
  if ('code' in read) return failed(red(read.code, read.facts))
  const fault = statementFault(read)
  if (fault !== null) return failed(red(fault.code, fault.facts))
  const facts = { ...openedFacts(file), entries: read.entries.length }
  return { finding: green('CONTENT_STATEMENT', facts), bodies, statement: read }
}

type ReadingFault =
  | StatementFault
  | { readonly code: 'STATEMENT_FORM'; readonly facts: StatementFault['facts'] }

/**
 * The openings of a `line`, in this order: balance at t0 (missing only if the account began later),
 * one entry per journal, balance at t1. Journals stand in `records` in the same order.
 */
function readStatement(file: EvidenceFile): Statement | ReadingFault {
  const { opened } = file
  const form = (at: number): ReadingFault => ({ code: 'STATEMENT_FORM', facts: { opened: at } })
  const hasFrom = opened[0]?.tree === 'balance' && opened.length > 1
  const entries = opened.slice(hasFrom ? 1 : 0, -1)
  const last = opened.at(-1)
  const misplaced = entries.findIndex(({ tree }) => tree !== 'entry')
  if (misplaced >= 0) return form(misplaced)
  if (last?.tree !== 'balance' || (!hasFrom && entries.length === 0)) return form(opened.length - 1)
  const places = opened.map(({ of }) => Number(of.split('/')[1]))
  if (places.some((place, i) => i > 0 && place < places[i - 1]!)) return form(0)
  const used = new Set(places)
  if (used.size !== file.records.length) return form(opened.length - 1)
  try {
    const statement = {
      from: hasFrom ? parseBalance(contentOf(opened[0]!)) : null,
      entries: entries.map((entry) => parseEntry(contentOf(entry))),
      to: parseBalance(contentOf(last)),
    }
    return bindingFault(file, opened, statement) ?? statement
  } catch (error) {
    if (error instanceof ShapeRefused) return form(opened.length - 1)
    throw error
  }
}

/** Each content names the account, version and journal of the leaf and record that it is of. */
function bindingFault(
  file: EvidenceFile,
  opened: readonly Opened[],
  statement: Statement,
): ReadingFault | null {
  const contents = [...(statement.from ? [statement.from] : []), ...statement.entries, statement.to]
  for (const [i, content] of contents.entries()) {
    const { leaf, of } = opened[i]!
    const isOfLeaf =
      leaf !== null &&
      'version' in leaf &&
      leaf.record === content.account &&
      leaf.version === content.version
    if (!isOfLeaf) return { code: 'STATEMENT_ACCOUNT', facts: { opened: i } }
    if (!('journal' in content)) continue
    const target = targetOf(file, of)
    const journal = 'body' in target ? null : target.key.at(-1)
    if (content.journal !== journal) return { code: 'STATEMENT_FORM', facts: { opened: i } }
  }
  return null
}

/** Bytes of the one section that a statement's row shows. */
function contentOf({ sections }: Opened): Uint8Array {
  const [section, ...more] = sections
  if (section === undefined || more.length > 0 || !('seed' in section)) {
    throw new ShapeRefused('opened', 'one section, shown whole')
  }
  return fromBase64Url((section as WholeOpening).content)
}
