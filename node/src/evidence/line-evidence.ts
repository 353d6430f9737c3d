/* Evidence of a statement: one account of a sub-ledger from t0 to t1, every journal that touched it. */
import { type EvidenceSource, evidenceOf } from '@renshe/ledger'
import { type EvidenceRecord, evidenceRecord, type Opened } from '@renshe/proof'
import type { Member } from '../member.ts'
import type { Vault } from '../vault/vault.ts'
import { assembleEvidence, type MadeEvidence } from './assemble-evidence.ts'
import { findEmitter } from './events-of-block.ts'
import { EvidenceRefused } from './evidence-refused.ts'
import { VaultTree } from './open-from-vault.ts'

/** Which statement. */
export interface StatementAsked {
  /** Key of the book, for example of a plan. */
  readonly book: string
  /** Account: 32 hex digits. */
  readonly account: string
  /** UTC ms; the statement begins with the balance then. From the account's first entry if null. */
  readonly from: number | null
  /** UTC ms; the newest journal at or before it closes the statement. */
  readonly to: number
}

/** A sub-ledger posting as `funds.listJournals` tells it. */
interface Posting {
  readonly id: string
  readonly at: number
  readonly subledger: {
    readonly entries: { readonly root: string; readonly count: number }
    readonly balances: { readonly root: string; readonly count: number }
  }
}

/**
 * Makes the statement of a person's account; only the owner of the sub-ledger can.
 *
 * @throws EvidenceRefused `JOURNAL_UNKNOWN` if nothing was posted by then, `ACCOUNT_UNKNOWN`,
 *         `SUBLEDGER_ELSEWHERE`
 */
export function makeLineEvidence(
  member: Member,
  vault: Vault,
  asked: StatementAsked,
  since: number | null = null,
): MadeEvidence {
  const { copy } = member.ledger
  const statement = readStatement(vault, postingsOf(member, asked), asked)
  const source = evidenceOf(copy)
  const records = statement.postings.map(({ id }) => journalRecord(source, id))
  const last = records.at(-1) as EvidenceRecord
  const act = findEmitter(copy, last.height, 'JournalPosted', ['journal', String(last.key[0])])
  if (act === undefined) throw new EvidenceRefused('JOURNAL_UNKNOWN', { journal: `${last.key[0]}` })
  const { opened } = statement
  return assembleEvidence(copy, { kind: 'line', acts: [act], opened, records }, since)
}

function journalRecord(source: EvidenceSource, journal: string): EvidenceRecord {
  const tip = source.finality()?.tip.height ?? -1
  const write = source.newestWrite(tip, 'funds/journal', [journal])
  if (write === undefined) throw new EvidenceRefused('JOURNAL_UNKNOWN', { journal })
  return evidenceRecord(write)
}

/** Postings of a book up to t1, oldest first. */
function postingsOf(member: Member, { book, to }: StatementAsked): Posting[] {
  const postings: Posting[] = []
  for (let cursor: string | undefined; ; ) {
    const input = { book, postings: true, limit: 100, ...(cursor === undefined ? {} : { cursor }) }
    const page = member.ask('funds.listJournals', input) as unknown as {
      items: Posting[]
      next: string | null
    }
    postings.push(...page.items.filter(({ at }) => at <= to))
    if (page.next === null || page.items.some(({ at }) => at > to)) return postings
    cursor = page.next
  }
}

interface ReadStatement {
  /** Those whose records the file holds, in order. */
  readonly postings: readonly Posting[]
  readonly opened: readonly Opened[]
}

function readStatement(
  vault: Vault,
  postings: readonly Posting[],
  { account, from, book }: StatementAsked,
): ReadStatement {
  const closing = postings.at(-1)
  if (closing === undefined) throw new EvidenceRefused('JOURNAL_UNKNOWN', { book })
  const opening = from === null ? undefined : postings.findLast(({ at }) => at <= from)
  const balanceBefore = opening && treeOf(vault, 'balance', opening)
  const hasBefore = (balanceBefore?.indexOf(account) ?? -1) >= 0
  const used: Posting[] = hasBefore && opening !== undefined ? [opening] : []
  const opened: Opened[] = []
  if (hasBefore && balanceBefore !== undefined) {
    opened.push(balanceBefore.show('records/0', balanceBefore.indexOf(account)))
  }
  const start = opening === undefined ? 0 : postings.indexOf(opening) + 1
  for (const posting of postings.slice(start)) {
    const entries = treeOf(vault, 'entry', posting)
    const index = entries.indexOf(account)
    if (index < 0) continue
    opened.push(entries.show(`records/${used.length}`, index))
    used.push(posting)
  }
  if (used.at(-1) !== closing) used.push(closing)
  const balances = treeOf(vault, 'balance', closing)
  const index = balances.indexOf(account)
  if (index < 0) throw new EvidenceRefused('ACCOUNT_UNKNOWN', { account })
  opened.push(balances.show(`records/${used.length - 1}`, index))
  return { postings: used, opened }
}

function treeOf(vault: Vault, tree: 'entry' | 'balance', { subledger }: Posting): VaultTree {
  const head = tree === 'entry' ? subledger.entries : subledger.balances
  return VaultTree.of(vault, tree, head.root)
}
