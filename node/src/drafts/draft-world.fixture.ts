/* Drafts of the reading club's fees on a real vault store in a temporary folder. For tests. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CompiledPackage, compilePackage, type PackageDocument } from '@renshe/contracts'
import { seeded } from '@renshe/contracts/testing'
import { type Bytes, type JsonObject, type SuiteId, utf8 } from '@renshe/crypto'
import { CLUB_FEES, CLUB_RULES } from '../testing/club-packages.fixture.ts'
import { VaultStore } from '../vault/vault-store.ts'
import { wrappingKey } from '../vault/wrapping-key.ts'
import type { Draft } from './draft.ts'
import { type DraftStore, sweepDrafts } from './draft-storage.ts'
import { Drafts, type OpenDraft } from './drafts.ts'

/** The club's fees with the rules that they use, changed if a test wants. */
export function feesPackage(change: Partial<PackageDocument> = {}): CompiledPackage {
  return compilePackage(CLUB_FEES, [compilePackage({ ...CLUB_RULES, ...change }, [])])
}

/** The step of the club that takes fees. */
export const FEES_PLACE = { case: 'case-1', step: 'send', section: 'fees' } as const
/** The day of the tests, UTC ms. */
export const NOW = Date.UTC(2026, 8, 25)

/** A member's store of drafts, which can be closed and opened again. */
export class DraftWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'renshe-drafts-'))
  readonly code: CompiledPackage
  readonly #suite: SuiteId
  readonly #random = seeded('drafts')
  readonly #key = seeded('V of the drafts')(32)
  now = NOW
  store: VaultStore
  drafts: Drafts

  constructor(code: CompiledPackage = feesPackage(), suite: SuiteId = 'RS-INTL-1') {
    this.code = code
    this.#suite = suite
    this.store = this.#openStore()
    this.drafts = this.#draftsOn(this.store)
  }

  #openStore(): VaultStore {
    return new VaultStore({
      folder: this.folder,
      chain: 'demo-drafts',
      key: wrappingKey(this.#suite, this.#key),
      random: this.#random,
    })
  }

  #draftsOn(store: DraftStore): Drafts {
    return new Drafts(store, () => this.now)
  }

  /** Opens the draft of the fees. */
  open(more: Partial<OpenDraft> = {}): Draft {
    return this.drafts.open({
      ...FEES_PLACE,
      code: this.code,
      environment: { now: this.now },
      ...more,
    })
  }

  /** Closes everything and opens it again, as a restart does. */
  async restart(): Promise<void> {
    await this.store.close()
    this.store = this.#openStore()
    this.drafts = this.#draftsOn(this.store)
  }

  /** Drafts on a store that fails at the given write, as a kill would: what was written before stays. */
  failingAt(failure: number): Drafts {
    let writes = 0
    const { store } = this
    return this.#draftsOn({
      lock: (table, contents) => {
        if (++writes === failure) throw new Error('killed')
        store.lock(table, contents)
      },
      unlock: (table, id) => store.unlock(table, id),
      lockedIds: (table, beginning) => store.lockedIds(table, beginning),
      removeLocked: (table, ids) => {
        if (writes < failure) store.removeLocked(table, ids)
      },
    })
  }

  /** Ids of pages and pieces in the store. */
  parts(): string[] {
    return this.store.lockedIds('draft-rows')
  }

  /** How many parts no head names. */
  orphans(): number {
    return sweepDrafts(this.store)
  }

  /** Every byte of the store's files. */
  bytesOnDisk(): Buffer {
    return readFileSync(join(this.folder, 'vault.mdb'))
  }

  async close(): Promise<void> {
    await this.store.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A CSV file of fees with Chinese headings, as it comes from an office. */
export function feesCsv(rows: readonly JsonObject[]): Bytes {
  const lines = rows.map((row) => COLUMNS.map((name) => textOf(row[name])).join(','))
  return utf8([HEADINGS, ...lines, ''].join('\r\n'))
}

function textOf(json: JsonObject[string] | undefined): string {
  return json === undefined || json === null ? '' : String(json)
}

const COLUMNS = ['memberId', 'name', 'fee', 'books', 'joinedOn', 'change', 'remark']
const HEADINGS = '社会保障号码,姓名,会费,books,joinedOn,change,remark'

/** The values of a row as somebody types them. */
export function cellsOf(row: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, json]) => [name, textOf(json)]))
}

/** All of an asynchronous list. */
export async function all<Element>(elements: AsyncIterable<Element>): Promise<Element[]> {
  const gathered: Element[] = []
  for await (const element of elements) gathered.push(element)
  return gathered
}
