/*
 * Seal (sealed-data section 8): draw and seal; halves B to the release store, flushed; sealed sections and
 * A to the vault, flushed; then whoever asked may submit. A crash anywhere leaves at most orphans, which
 * the sweep removes; everything is drawn anew at the next attempt.
 */
import {
  type Bytes,
  createRowSealer,
  type PersonName,
  pagedRandom,
  type SectionHeader,
  sealSection,
  toHex,
} from '@renshe/crypto'
import { leafHash, treeRoot } from '@renshe/proof'
import type { Opening } from '../peer.ts'
import type { Expected } from './release-store.ts'
import type { Sealing, StoredLeaf } from './sealing.ts'
import type { Vault } from './vault.ts'

/** What a section is by the catalogue. */
export interface SectionTerms {
  readonly name: string
  readonly level: 2 | 3 | 4
  /** Hash of the catalogue entry. */
  readonly entry: string
}

/** What a seal is for, and until when it may become final. */
export interface SealPurpose {
  readonly case: string
  readonly step: string
  /** UTC ms. */
  readonly expiresAt: number
}

/** Sections to be sealed as one new record, version 1. */
export interface RecordToSeal extends SealPurpose {
  /** Ascending by name. */
  readonly sections: readonly (SectionTerms & {
    readonly content: Bytes
    readonly person: PersonName | null
  })[]
  /** A file of the owner's own, which no transaction will name. */
  readonly isFile?: boolean
}

/** A record as it was sealed. */
export interface SealedRecord {
  readonly record: string
  readonly openings: readonly Opening[]
  readonly sealing: Sealing
}

/** Seals the sections of one record; both stores have them on disk when this returns. */
export async function sealRecord(vault: Vault, request: RecordToSeal): Promise<SealedRecord> {
  const draw = pagedRandom(vault.random)
  const record = toHex(draw(16))
  const made = request.sections.map(({ name, level, entry, content }) => {
    const header = headerOf(vault, { name, level, entry }, record, toHex(draw(32)))
    const [seed, halfA, halfB] = [draw(32), draw(32), draw(32)].map((drawn) => drawn.slice())
    const opening: Opening = { header, seed: seed as Bytes, content }
    const halves = { halfA: halfA as Bytes, halfB: halfB as Bytes }
    return { opening, ...halves, ...sealSection({ ...opening, ...halves }) }
  })
  vault.atCrashPoint('sealed')
  const [first] = request.sections
  const expected: Expected = {
    root: null,
    record,
    sections: made.map(({ opening, commitment }) => ({ name: opening.header.section, commitment })),
    count: 0,
    case: request.case,
    step: request.step,
    expiresAt: request.expiresAt,
  }
  await vault.release.putHalves(
    made.map(({ halfB }) => halfB),
    expected,
  )
  // A file waits for no transaction: what it leaves behind in a crash is one B that opens nothing.
  if (request.isFile === true) await vault.release.keep(expected)
  vault.atCrashPoint('release-flushed')
  const { chain } = vault
  const sealing = vault.store.putSealing(
    {
      ...expected,
      kind: request.isFile === true ? 'file' : 'record',
      state: request.isFile === true ? 'LIVE' : 'SEALED',
      level: first?.level ?? 2,
      section: first?.name ?? '',
      entries: request.sections.map(({ entry }) => entry),
      previous: null,
    },
    {
      rows: made.map(({ sealed }) => sealed),
      leaves: made.map(({ commitment }) => ({ record, version: 1, commitment })),
      halves: made.map(({ commitment, halfA }) => ({
        context: { use: 'vault-a', chain, commitment },
        secret: halfA,
      })),
      persons: request.sections.map(({ person }) => (person ? vault.indexOf(person) : null)),
    },
  )
  vault.atCrashPoint('vault-flushed')
  return { record, openings: made.map(({ opening }) => opening), sealing }
}

function headerOf(
  { chain, member, suite }: Vault,
  { name, level, entry }: SectionTerms,
  record: string,
  salt: string,
): SectionHeader {
  return {
    chain,
    entryHash: entry,
    kind: 'whole',
    level,
    owner: member,
    record,
    salt,
    section: name,
    suite,
    v: 1,
    version: 1,
  }
}

/** What all rows of a batch or tree share. */
export interface BatchTerms extends SealPurpose {
  readonly kind: 'batch' | 'entry' | 'balance'
  readonly section: SectionTerms
}

/** One row to be sealed. */
export interface RowToSeal {
  readonly content: Bytes
  /** Account of a sub-ledger; drawn for the rows of a batch. */
  readonly record?: string
  /** 1 if left out. */
  readonly version?: number
  readonly person?: PersonName | null
}

/** The tree that a batch's leaves belong to, where it is not they alone. */
export interface WiderTree {
  readonly root: string
  readonly count: number
  readonly previous: string | null
}

const HALF_BYTES = 32

/** Seals rows page by page; nothing is stored before {@link BatchSealer.finish}. */
export interface BatchSealer {
  /** Seals rows in their order. */
  add(rows: readonly RowToSeal[]): Opening[]
  /** Leaves so far. */
  readonly leaves: readonly StoredLeaf[]
  /** Stores everything, B's first; both stores have it on disk when this returns. */
  finish(tree?: WiderTree): Promise<Sealing>
}

/** Begins to seal a batch; A\* is drawn here and used once. */
export function beginBatch(vault: Vault, terms: BatchTerms): BatchSealer {
  return new RunningBatch(vault, terms)
}

class RunningBatch implements BatchSealer {
  readonly leaves: StoredLeaf[] = []
  readonly #vault: Vault
  readonly #terms: BatchTerms
  readonly #batchHalf: Bytes
  readonly #seal: ReturnType<typeof createRowSealer>
  readonly #rows: Bytes[] = []
  readonly #leafHashes: Bytes[] = []
  readonly #persons: (string | null)[] = []
  readonly #halves: Bytes[] = []

  constructor(vault: Vault, terms: BatchTerms) {
    this.#vault = vault
    this.#terms = terms
    this.#batchHalf = Uint8Array.from(vault.random(HALF_BYTES))
    const { chain, member, suite } = vault
    const { name, level, entry } = terms.section
    const shared = { chain, entryHash: entry, level, owner: member, section: name, suite }
    this.#seal = createRowSealer({ ...shared, kind: 'whole' }, this.#batchHalf, vault.random)
  }

  add(rows: readonly RowToSeal[]): Opening[] {
    const halves = new Uint8Array(rows.length * HALF_BYTES)
    const openings = rows.map(({ content, record, version, person }, index) => {
      const own = { ...(record === undefined ? {} : { record }), version: version ?? 1 }
      const sealed = this.#seal({ ...own, content })
      halves.set(sealed.halfB, index * HALF_BYTES)
      this.#rows.push(sealed.sealed)
      this.#leafHashes.push(leafHash(this.#terms.kind, sealed.leaf))
      this.#persons.push(person ? this.#vault.indexOf(person) : null)
      const { header, commitment } = sealed
      this.leaves.push({ record: header.record, version: header.version, commitment })
      return { header, seed: sealed.seed.slice(), content }
    })
    this.#halves.push(halves)
    return openings
  }

  async finish(tree?: WiderTree): Promise<Sealing> {
    const { atCrashPoint, release, store, chain } = this.#vault
    const { section, kind, case: caseId, step, expiresAt } = this.#terms
    atCrashPoint('sealed')
    const root = tree?.root ?? toHex(treeRoot(this.#leafHashes))
    const expected: Expected = {
      root,
      record: null,
      sections: [],
      count: tree?.count ?? this.leaves.length,
      case: caseId,
      step,
      expiresAt,
    }
    await release.putPages(joined(this.#halves), section.name, expected)
    atCrashPoint('release-flushed')
    const sealing = store.putSealing(
      {
        ...expected,
        kind,
        state: 'SEALED',
        level: section.level,
        section: section.name,
        entries: [section.entry],
        previous: tree?.previous ?? null,
      },
      {
        rows: this.#rows,
        leaves: this.leaves,
        halves: [
          {
            context: { use: 'vault-a-batch', chain, batch: root, section: section.name },
            secret: this.#batchHalf,
          },
        ],
        persons: this.#persons,
      },
    )
    atCrashPoint('vault-flushed')
    return sealing
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
