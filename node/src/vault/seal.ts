/*
 * Seal (sealed-data section 8): draw and seal; halves B to the release store, flushed; sealed sections and
 * A to the vault, flushed; then whoever asked may submit. A crash anywhere leaves at most orphans, which
 * the sweep removes; everything is drawn anew at the next attempt.
 */
import type { Field } from '@renshe/contracts'
import {
  type Bytes,
  concatBytes,
  fromHex,
  type PersonName,
  pagedRandom,
  rowHeader,
  type SectionHeader,
  sealSection,
  toHex,
} from '@renshe/crypto'
import { rootOfHashes } from '@renshe/proof'
import type { Opening } from '../peer.ts'
import { type PanelToSeal, type SealedPanel, sealPanel } from './panels.ts'
import type { Expected } from './release-store.ts'
import { RowRefused } from './row-refused.ts'
import {
  type PageOutcome,
  type PageToSeal,
  PERSON_BYTES,
  ROW_DRAWN_BYTES,
  type RowSealing,
  rowPageOf,
  rowSealing,
  type SealedPage,
  writePerson,
} from './row-sealing.ts'
import { beginPages, type PageSealing } from './seal-threads.ts'
import type { Sealing, StoredLeaf } from './sealing.ts'
import { joinLeaves, leafBytes, leavesOfBytes, RECORD_BYTES, sealedRowsOf } from './stored-rows.ts'
import type { Vault } from './vault.ts'

/** What a section is by the catalogue. */
export interface SectionTerms {
  readonly name: string
  readonly level: 2 | 3 | 4
  /** Hash of the catalogue entry. */
  readonly entry: string
  /** `fields` where members of the content can be shown one by one; `whole` if left out. */
  readonly kind?: SectionHeader['kind']
  /** Who releases it: of level 4, and of no other. */
  readonly panel?: PanelToSeal
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
  /** What the chain is to hold of the releasers of sections of level 4. */
  readonly panels: readonly SealedPanel[]
}

/** Seals the sections of one record; both stores have them on disk when this returns. */
export async function sealRecord(vault: Vault, request: RecordToSeal): Promise<SealedRecord> {
  const draw = pagedRandom(vault.random)
  const record = toHex(draw(16))
  const made = request.sections.map(({ content, ...terms }) => {
    const header = headerOf(vault, terms, record, toHex(draw(32)))
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
  // Of level 4 nobody keeps B: it is split among the releasers and forgotten.
  await vault.release.putHalves(
    made.map(({ halfB, opening }) => (opening.header.level === 4 ? null : halfB)),
    expected,
  )
  // A file waits for no transaction: what it leaves behind in a crash is one B that opens nothing.
  if (request.isFile === true) await vault.release.keep(expected)
  vault.atCrashPoint('release-flushed')
  const panels = request.sections.flatMap(({ name, level, panel }, at) => {
    if (level !== 4) return []
    const { commitment, halfB } = made[at] as (typeof made)[number]
    return [sealPanel(vault, { section: name, commitment, halfB, panel })]
  })
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
      rows: [sealedRowsOf(made.map(({ sealed }) => sealed))],
      leaves: leafBytes(made.map(({ commitment }) => ({ record, version: 1, commitment }))),
      halves: made.map(({ commitment, halfA }) => ({
        context: { use: 'vault-a', chain, commitment },
        secret: halfA,
      })),
      persons: personsOf(vault, request.sections),
    },
  )
  vault.atCrashPoint('vault-flushed')
  return { record, openings: made.map(({ opening }) => opening), sealing, panels }
}

function personsOf(vault: Vault, sections: RecordToSeal['sections']): Bytes {
  const persons = Buffer.alloc(sections.length * PERSON_BYTES)
  sections.forEach(({ person }, row) => {
    if (person) persons.write(vault.indexOf(person), row * PERSON_BYTES, 'hex')
  })
  return persons
}

function headerOf(
  { chain, member, suite }: Vault,
  { name, level, entry, kind = 'whole' }: SectionTerms,
  record: string,
  salt: string,
): SectionHeader {
  return {
    chain,
    entryHash: entry,
    kind,
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

/** What rows that come from outside are compared with while they are sealed. */
export interface RowTerms {
  readonly columns: Readonly<Record<string, Field>>
  /** Column that identifies the person. */
  readonly unique: string | null
  /** How many rows are expected. */
  readonly count: number
}

/** The tree that a batch's leaves belong to, where it is not they alone. */
export interface WiderTree {
  readonly root: string
  readonly count: number
  readonly previous: string | null
}

const HALF_BYTES = 32
/** Most bytes of one draw. */
const DRAW_BYTES = 8192

/** Seals rows page by page; nothing is stored before {@link BatchSealer.finish}. */
export interface BatchSealer {
  /** Seals rows in their order, at once. */
  add(rows: readonly RowToSeal[]): Opening[]
  /**
   * Compares contents with the columns and seals them, in threads where the batch is large. The next page may
   * be given before this one is answered; the order of the calls is that of the rows.
   *
   * @throws RowRefused for the first row that does not fit
   */
  addContents(contents: readonly Bytes[]): Promise<Opening[]>
  /** Leaves so far. */
  readonly leaves: readonly StoredLeaf[]
  /** Stores everything, B's first; both stores have it on disk when this returns. */
  finish(tree?: WiderTree): Promise<Sealing>
  /** Nothing more comes: the keys of the batch are forgotten. */
  abandon(): void
}

/**
 * Begins to seal a batch; A\* is drawn here and used once.
 *
 * @param rows  for contents that come from outside
 */
export function beginBatch(vault: Vault, terms: BatchTerms, rows?: RowTerms): BatchSealer {
  return new RunningBatch(vault, terms, rows)
}

class RunningBatch implements BatchSealer {
  readonly #vault: Vault
  readonly #terms: BatchTerms
  readonly #sealing: RowSealing
  readonly #seal: (page: PageToSeal) => PageOutcome
  readonly #threads: PageSealing | undefined
  readonly #pages: SealedPage[] = []
  readonly #versions: Uint32Array[] = []
  #count = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(vault: Vault, terms: BatchTerms, rows: RowTerms | undefined) {
    this.#vault = vault
    this.#terms = terms
    const { chain, member, suite, indexKey } = vault
    const { name, level, entry } = terms.section
    const owner = member
    this.#sealing = {
      shared: { chain, entryHash: entry, kind: 'whole', level, owner, section: name, suite },
      tree: terms.kind,
      batchHalf: Uint8Array.from(vault.random(HALF_BYTES)),
      indexKey,
      columns: null,
      unique: null,
    }
    this.#seal = rowSealing(this.#sealing)
    if (rows === undefined) return
    const { columns, unique, count } = rows
    this.#threads = beginPages({ ...this.#sealing, columns, unique }, count)
  }

  get leaves(): readonly StoredLeaf[] {
    return leavesOfBytes(this.#leafBytes())
  }

  add(rows: readonly RowToSeal[]): Opening[] {
    const contents = rows.map(({ content }) => content)
    const versions = Uint32Array.from(rows, ({ version }) => version ?? 1)
    const hasRecords = rows.some(({ record }) => record !== undefined)
    const page = { ...rowPageOf(contents), versions, drawn: this.#draw(rows.length) }
    const outcome = this.#seal(hasRecords ? { ...page, records: recordsOf(rows) } : page)
    if ('refusal' in outcome) throw new RangeError('rows without columns are not judged')
    const { made } = outcome
    rows.forEach(({ person }, row) => {
      if (person) writePerson(this.#sealing, person, made.persons, row)
    })
    return this.#keep(made, versions, contents)
  }

  addContents(contents: readonly Bytes[]): Promise<Opening[]> {
    const threads = this.#threads
    if (threads === undefined) throw new RangeError('a batch without columns')
    const page = { ...rowPageOf(contents), drawn: this.#draw(contents.length) }
    const sealed = threads.seal(page)
    const turn = this.#turn.then(async () => {
      const outcome = await sealed
      if ('refusal' in outcome) {
        const { row, column, expected } = outcome.refusal
        throw new RowRefused(this.#count + row, column, expected)
      }
      return this.#keep(outcome.made, new Uint32Array(contents.length).fill(1), contents)
    })
    this.#turn = turn
    // Whoever gave the page hears of a failure; those that follow fail by it as well.
    turn.catch(() => undefined)
    return turn
  }

  #draw(rows: number): Bytes {
    const drawn = new Uint8Array(rows * ROW_DRAWN_BYTES)
    for (let at = 0; at < drawn.length; at += DRAW_BYTES) {
      drawn.set(this.#vault.random(Math.min(DRAW_BYTES, drawn.length - at)), at)
    }
    return drawn
  }

  #keep(made: SealedPage, versions: Uint32Array, contents: readonly Bytes[]): Opening[] {
    this.#pages.push(made)
    this.#versions.push(versions)
    this.#count += contents.length
    const { shared } = this.#sealing
    const [records, salts] = [bufferOf(made.records), bufferOf(made.salts)]
    return contents.map((content, row) => {
      const at = row * HALF_BYTES
      const record = records.toString('hex', row * RECORD_BYTES, (row + 1) * RECORD_BYTES)
      const salt = salts.toString('hex', at, at + HALF_BYTES)
      const version = versions[row] as number
      const header = rowHeader(shared, record, salt, version)
      return { header, seed: made.seeds.subarray(at, at + HALF_BYTES), content }
    })
  }

  abandon(): void {
    this.#threads?.end()
  }

  async finish(tree?: WiderTree): Promise<Sealing> {
    await this.#turn
    this.abandon()
    const { atCrashPoint, release, store, chain } = this.#vault
    const { section, kind, case: caseId, step, expiresAt } = this.#terms
    atCrashPoint('sealed')
    const pages = this.#pages
    const root = tree?.root ?? toHex(rootOfHashes(concatBytes(...pages.map((p) => p.leafHashes))))
    const expected: Expected = {
      root,
      record: null,
      sections: [],
      count: tree?.count ?? this.#count,
      case: caseId,
      step,
      expiresAt,
    }
    await release.putPages(concatBytes(...pages.map((p) => p.halves)), section.name, expected)
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
        rows: pages.map(({ sealed, sealedEnds: ends }) => ({ sealed, ends })),
        leaves: this.#leafBytes(),
        halves: [
          {
            context: { use: 'vault-a-batch', chain, batch: root, section: section.name },
            secret: this.#sealing.batchHalf,
          },
        ],
        persons: concatBytes(...pages.map((page) => page.persons)),
      },
    )
    atCrashPoint('vault-flushed')
    return sealing
  }

  #leafBytes(): Bytes {
    return concatBytes(
      ...this.#pages.map(({ records, commitments }, page) =>
        joinLeaves(records, this.#versions[page] as Uint32Array, commitments),
      ),
    )
  }
}

function bufferOf({ buffer, byteOffset, length }: Bytes): Buffer {
  return Buffer.from(buffer, byteOffset, length)
}

/** All rows name their record, or none does: a sub-ledger's are its accounts. */
function recordsOf(rows: readonly RowToSeal[]): Bytes {
  return concatBytes(...rows.map(({ record }) => fromHex(record ?? '')))
}
