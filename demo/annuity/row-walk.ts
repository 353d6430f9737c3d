/* One row of a payroll, from the vault of the account manager to the journal on the supervisor's copy of the chain. */
import { type Case, findBatch, type Step } from '@renshe/contracts'
import {
  type BatchLeaf,
  type Bytes,
  batchLeaf,
  canonicalJson,
  canonicalText,
  fromBase64Url,
  fromHex,
  fromUtf8,
  headerBytes,
  type JsonObject,
  parseCanonicalJson,
  type SectionOpening,
  toHex,
} from '@renshe/crypto'
import { evidenceOf } from '@renshe/ledger'
import { type Host, type Member, openHost, VaultTree } from '@renshe/node'
import { inclusionPath, leafHash, type Opened, stateKey, type WholeOpening } from '@renshe/proof'
import { PARTS } from './consortium.ts'
import { type HashMade, HashTrail } from './hash-trail.ts'
import { PLAN } from './set-up-plan.ts'

/** One stop of the way. */
export interface Stop {
  readonly title: string
  /** Names and values, in the order in which they are told. */
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** A row that was followed. */
export interface FollowedRow {
  readonly stops: readonly Stop[]
  readonly hashes: readonly HashMade[]
}

/** A value on chain is not what the hashes lead to. */
export class TrailBroken extends Error {
  constructor(what: string, made: string, onChain: string) {
    super(`${what}: the hashes lead to ${made}, on chain is ${onChain}`)
    this.name = 'TrailBroken'
  }
}

/**
 * Follows a row of the newest contribution month of the demonstration.
 *
 * @param dataFolder  of a demonstration that is not running
 * @param row         from 1, as in the file
 * @throws RangeError if there is no such row; TrailBroken if the chain holds something else
 */
export async function followRow(dataFolder: string, row: number): Promise<FollowedRow> {
  const host = await openHost({ dataFolder, runsRelays: false, blockDelayMs: 0, verifyThreads: 0 })
  try {
    return new RowWalk(host).follow(row)
  } finally {
    await host.stop()
  }
}

class RowWalk {
  readonly #owner: Member
  readonly #witness: Member
  readonly #trail = new HashTrail()
  readonly #case: Case
  readonly #steps: readonly Step[]

  constructor(host: Host) {
    this.#owner = host.member(PARTS.accountManager)
    this.#witness = host.member(PARTS.supervisor)
    const { items } = this.#witness.ask('cases.listCases', {
      service: 'annuity-contribution',
    }) as unknown as { items: Case[] }
    const newest = items.toSorted((a, b) => a.openedAt - b.openedAt).at(-1)
    if (newest === undefined) throw new RangeError('no contribution month lies here')
    const told = this.#witness.ask('cases.getCase', { case: newest.id })
    const { case: serviceCase, steps } = told as unknown as { case: Case; steps: Step[] }
    this.#case = serviceCase
    this.#steps = steps
  }

  follow(row: number): FollowedRow {
    const payroll = this.#case.batches.payroll
    if (payroll === undefined || !Number.isInteger(row) || row < 1 || row > payroll.count) {
      throw new RangeError(`the payroll has rows 1 to ${payroll?.count ?? 0}; came ${row}`)
    }
    const shown = VaultTree.of(this.#owner.vault, 'batch', payroll.root).show('', row - 1)
    const before = [
      this.#sealing(shown),
      this.#batch(shown, payroll),
      this.#determination('3 计算与判定：账单 the determination of the bill', 'bill', shown.index),
    ]
    const account = this.#accountOf(String(contentOf(shown).memberId))
    const stops = [
      ...before,
      account.stop,
      this.#determination('5 计算与判定：分配 that of the allocation', 'allocate', shown.index),
      ...this.#posting(account.record),
    ]
    return { stops, hashes: this.#trail.made }
  }

  #sealing(shown: Opened): Stop {
    const { header, content } = sectionOf(shown)
    const commitment = this.#commit('row', shown)
    return {
      title: '1 行与承诺值 the row and its commitment',
      facts: [
        ['content', fromUtf8(content)],
        ['record', header.record],
        ['header', canonicalText(header as unknown as JsonObject)],
        ['commitment', commitment],
      ],
    }
  }

  #batch(shown: Opened, { root, count }: { readonly root: string; readonly count: number }): Stop {
    const made = this.#climb('batch', shown, count)
    confirm('batch root', made, root)
    const batch = findBatch(this.#witness.ledger.view(), root)
    confirm('registered root', made, batch?.root ?? 'none')
    return {
      title: '2 批次 the batch',
      facts: [
        ['leaf', canonicalText(shown.leaf as unknown as JsonObject)],
        ['root', root],
        ['rows', String(count)],
        ...this.#placeOf(batch?.by ?? ''),
      ],
    }
  }

  /** What both members say of the row, and that they say the same. */
  #determination(title: string, name: string, index: number): Stop {
    const step = this.#steps.findLast((one) => one.step === name && one.status === 'done')
    const [first, second] = step?.submissions ?? []
    if (first === undefined || second === undefined) throw new RangeError(`no ${name} yet`)
    const leaves = this.#rowRecords().map((record) =>
      canonicalJson({ record, code: 'OK', commitment: null }),
    )
    const hashes = leaves.map((leaf) => leafHash('outcome', leaf))
    const leaf = this.#trail.leaf(`${name} outcome leaf`, 'outcome', leaves[index] as Bytes)
    const path = inclusionPath(hashes, index).map(toHex)
    const root = this.#trail.climb(`${name} outcome root`, leaf, {
      index,
      size: leaves.length,
      path,
    })
    for (const { outcomes } of [first, second]) {
      confirm('outcome root', toHex(root), outcomes.root)
    }
    confirm('digest of the second member', second.digest, first.digest)
    return {
      title,
      facts: [
        ['outcome', fromUtf8(leaves[index] as Bytes)],
        ['outcome root', toHex(root)],
        ['outputs', canonicalText(first.outputs as JsonObject)],
        [`digest by ${first.member}`, first.digest],
        ...this.#placeOf(first.txId),
        [`digest by ${second.member}`, second.digest],
        ...this.#placeOf(second.txId),
      ],
    }
  }

  #rowRecords(): string[] {
    const { root = '' } = this.#case.batches.payroll ?? {}
    return VaultTree.of(this.#owner.vault, 'batch', root).places.map(({ leaf }) => leaf.record)
  }

  /** The account of a person is the record of its row in the list of members. */
  #accountOf(person: string): { readonly stop: Stop; readonly record: string } {
    const { items } = this.#witness.ask('registers.listEntries', {
      register: 'annuity-enrolment',
    }) as unknown as { items: { fields: { root: string; count: number } }[] }
    for (const { fields } of items) {
      const tree = VaultTree.of(this.#owner.vault, 'batch', fields.root)
      const rows = tree.places.map((_, index) => tree.show('', index))
      const found = rows.find((row) => String(contentOf(row).memberId) === person)
      if (found === undefined) continue
      this.#commit('member', found)
      confirm('list of members', this.#climb('list of members', found, fields.count), fields.root)
      const { record } = sectionOf(found).header
      const stop = {
        title: '4 个人账户 the account',
        facts: [
          ['account', record],
          ['list of members', fields.root],
        ] as const,
      }
      return { stop, record }
    }
    throw new RangeError('the person has no account')
  }

  #posting(account: string): Stop[] {
    const { items } = this.#witness.ask('funds.listJournals', {
      book: PLAN,
      postings: true,
    }) as unknown as { items: Posting[] }
    const journal = items.find((one) => one.case === this.#case.id)
    if (journal === undefined) throw new RangeError('nothing was allocated yet')
    const { entries, balances } = journal.subledger
    const entry = this.#posted('entry', account, entries)
    const balance = this.#posted('balance', account, balances)
    return [
      { title: '6 分录 the entry', facts: entry },
      { title: '7 余额 the balance', facts: balance },
      this.#journal(journal),
    ]
  }

  #posted(kind: 'entry' | 'balance', account: string, head: TreeHead): Stop['facts'] {
    const tree = VaultTree.of(this.#owner.vault, kind, head.root)
    const shown = tree.show('', tree.indexOf(account))
    const commitment = this.#commit(kind, shown)
    confirm(`${kind} root`, this.#climb(kind, shown, head.count), head.root)
    return [
      ['content', fromUtf8(sectionOf(shown).content)],
      ['commitment', commitment],
      ['root', head.root],
      ['accounts', String(head.count)],
    ]
  }

  /** Both roots stand in the journal; the journal is among the writes of its block. */
  #journal(journal: Posting): Stop {
    const { copy } = this.#witness.ledger
    const source = evidenceOf(copy)
    const write = source.newestWrite(copy.height, 'funds/journal', [journal.id])
    if (write?.value == null) throw new RangeError('the journal is not on chain')
    const key = stateKey('funds/journal', [journal.id])
    const leaf = this.#trail.write('journal', key, canonicalJson(write.value))
    const { writeRoot, writeCount } = copy.header(write.height)
    const path = write.path.map(toHex)
    const place = { index: write.index, size: writeCount, path }
    const root = toHex(this.#trail.climb('writes of the block', leaf, place))
    confirm('writeRoot', root, writeRoot)
    return {
      title: '8 记账 the journal',
      facts: [
        ['journal', journal.id],
        ['entries', journal.subledger.entries.root],
        ['balances', journal.subledger.balances.root],
        ['block', String(write.height)],
        ['writeRoot', root],
      ],
    }
  }

  #commit(name: string, shown: Opened): string {
    const { header, seed, content } = sectionOf(shown)
    const made = toHex(this.#trail.commit(name, { header: headerBytes(header), seed, content }))
    confirm(`${name} commitment`, made, leafOf(shown).sections[0]?.commitment ?? 'none')
    return made
  }

  #climb(name: string, shown: Opened, size: number): string {
    const label = shown.tree === 'entry' || shown.tree === 'balance' ? shown.tree : 'batch'
    const leaf = this.#trail.leaf(`${name} leaf`, label, batchLeaf(leafOf(shown)))
    const { index, path } = shown
    return toHex(this.#trail.climb(`${name} root`, leaf, { index, size, path }))
  }

  #placeOf(txId: string): [string, string][] {
    const place = this.#witness.ledger.copy.store.placeOf(fromHex(txId))
    return [
      ['transaction', txId],
      ['block', String(place?.height ?? 'none')],
    ]
  }
}

interface TreeHead {
  readonly root: string
  readonly count: number
}

/** A journal with a sub-ledger posting, as `funds.listJournals` tells it. */
interface Posting {
  readonly id: string
  readonly case: string | null
  readonly subledger: { readonly entries: TreeHead; readonly balances: TreeHead }
}

function confirm(what: string, made: string, onChain: string): void {
  if (made !== onChain) throw new TrailBroken(what, made, onChain)
}

function leafOf({ leaf }: Opened): BatchLeaf {
  return leaf as BatchLeaf
}

function sectionOf({ sections: [section] }: Opened): SectionOpening {
  const { header, seed, content } = section as WholeOpening
  return { header, seed: fromHex(seed), content: fromBase64Url(content) }
}

function contentOf(shown: Opened): JsonObject {
  return parseCanonicalJson(sectionOf(shown).content)
}
