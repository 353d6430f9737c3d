import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, canonicalJson, type JsonObject, toHex } from '@renshe/crypto'
import { type Contracts, StoreFault } from '@renshe/kernel'
import { headerHash, headerLeaf } from '@renshe/proof'
import { BlockLog, type TornTail } from './block-log.ts'
import { DataFolder } from './data-folder.ts'
import { LedgerFault } from './fault.ts'
import { checkPackages, type FoundingPackages, type Genesis, readGenesisFile } from './genesis.ts'
import { HISTORY_BLOCKS, Ledger } from './ledger.ts'
import { segmentName } from './segment.ts'
import { beginOf, installBase, readBase } from './snapshot-base.ts'
import { StateStore } from './state-store.ts'
import { RowCheck } from './state-threads.ts'

/** Which ledger to open, and how. */
export interface OpenSettings {
  readonly folder: string
  /** Rule books by protocol version. */
  readonly contracts: ReadonlyMap<number, Contracts>
  /** Needed in a new folder; in an old one it must be the same. */
  readonly genesisFile?: Bytes
  /** Founding packages by hash; needed in a new folder if the genesis names any. */
  readonly packages?: FoundingPackages
  /** UTC ms; the scripted clock of a demonstration, else the wall clock. */
  readonly clock?: () => number
  /** How far back `asOf` reaches, in blocks. */
  readonly historyBlocks?: number
  /** Whether every row of the state is read at start; true unless told otherwise. */
  readonly checksRows?: boolean
  /** A state of more rows is checked in a thread right after the start, which does not wait for it. */
  readonly rowsAtStart?: number
  /** A state of more keys is read for a snapshot in a thread of its own. */
  readonly slicedRows?: number
  /** A new log segment is begun at this size. */
  readonly segmentBytes?: number
  /** Whether signatures of blocks from the own log are verified again; they were when it was made. */
  readonly verifiesSignatures?: boolean
  /** Hears how far long work has come. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What was found and done while opening. */
export interface OpenReport {
  /** A tail that was cut, with the copy of its bytes. */
  readonly torn: TornTail | null
  /** Blocks of the log that the state did not have yet. */
  readonly replayed: number
  readonly height: number
}

/** A ledger at work in its folder. */
export interface OpenLedger {
  readonly ledger: Ledger
  readonly report: OpenReport
  /**
   * What the check of all rows found: null if they are as they were written. A state of many rows is
   * checked while the ledger works already; what is found stops it, and `STATE_DAMAGED` is all it says.
   */
  readonly rowsChecked: Promise<LedgerFault | null>
  close(): Promise<void>
}

/** So many rows are read in half a second: that long a start may take for them. */
const ROWS_AT_START = 200_000

/**
 * Opens the ledger of a data folder, or founds one in a new folder.
 *
 * @throws LedgerFault `FOLDER_IN_USE`, `GENESIS_REFUSED`, `LOG_DAMAGED`, `LOG_BEHIND_STATE`,
 *         `STATE_DAMAGED`, `STATE_DIVERGED` …, each with place and advice; then nothing was changed
 */
export async function openLedger(settings: OpenSettings): Promise<OpenLedger> {
  const folder = new DataFolder(settings.folder)
  folder.lock()
  const opened: { store?: StateStore; log?: BlockLog; ledger?: Ledger; check?: RowCheck } = {}
  const close = async (): Promise<void> => {
    await opened.check?.stop()
    opened.ledger?.stop()
    await opened.ledger?.snapshots.ended()
    await opened.log?.close()
    await opened.store?.close()
    folder.unlock()
  }
  try {
    const { genesis, packages } = prepareGenesis(folder, settings)
    const store = new StateStore(folder.stateFolder)
    opened.store = store
    const isChecked = prepareStore(store, folder, genesis, settings)
    const { log, torn } = openLog(folder, genesis, store, { ...settings, trustsIndexes: true })
    opened.log = log
    const ledger = new Ledger({
      genesis,
      packages,
      contracts: settings.contracts,
      log,
      store,
      snapshotFolder: folder.snapshotFolder,
      historyBlocks: settings.historyBlocks ?? HISTORY_BLOCKS,
      clock: settings.clock ?? Date.now,
      ...(settings.slicedRows === undefined ? {} : { slicedRows: settings.slicedRows }),
    })
    opened.ledger = ledger
    const replayed = replayLog(ledger, settings)
    if (ledger.height < 0) await ledger.genesis(genesis.bytes)
    if (!isChecked) opened.check = new RowCheck(store.folder)
    const rowsChecked = checkedRows(store, opened.check)
    return { ledger, report: { torn, replayed, height: ledger.height }, rowsChecked, close }
  } catch (error) {
    await close()
    throw asLedgerFault(error)
  }
}

/** Makes the state anew from the log and opens the ledger; digests come out equal or it throws. */
export async function rebuildLedger(settings: OpenSettings): Promise<OpenLedger> {
  const folder = new DataFolder(settings.folder)
  folder.lock()
  folder.dropState()
  folder.unlock()
  return openLedger(settings)
}

/** Outcome of {@link verifyLedger}. */
export interface LedgerVerification {
  readonly chain: string
  readonly height: number
  readonly transactions: number
  readonly headerHash: string
}

/**
 * Verifies a data folder without trusting its state: reads the whole log, verifies every signature
 * and executes every block again in a folder of its own, then compares with the stored state.
 *
 * @throws LedgerFault naming the first place that is wrong
 */
export async function verifyLedger(settings: OpenSettings): Promise<LedgerVerification> {
  const folder = new DataFolder(settings.folder)
  folder.lock()
  const scratch = mkdtempSync(join(settings.folder, 'verify-'))
  let fresh: StateStore | undefined
  let stored: StateStore | undefined
  let log: BlockLog | undefined
  let ledger: Ledger | undefined
  try {
    const { genesis, packages } = prepareGenesis(folder, settings)
    const thorough = { ...settings, rowsAtStart: Number.POSITIVE_INFINITY }
    stored = new StateStore(folder.stateFolder)
    prepareStore(stored, folder, genesis, thorough)
    log = openLog(folder, genesis, stored, { ...settings, trustsIndexes: false }).log
    fresh = new StateStore(join(scratch, 'state'))
    prepareStore(fresh, folder, genesis, thorough)
    ledger = new Ledger({
      genesis,
      packages,
      contracts: settings.contracts,
      log,
      store: fresh,
      snapshotFolder: join(scratch, 'snapshots'),
      historyBlocks: 2,
      clock: settings.clock ?? Date.now,
    })
    const transactions = replayLog(ledger, { ...settings, verifiesSignatures: true }, true)
    ledger.stop()
    compareStates(fresh, stored)
    const headerHash = fresh.head?.headerHash ?? ''
    return { chain: ledger.chain, height: ledger.height, transactions, headerHash }
  } catch (error) {
    throw asLedgerFault(error)
  } finally {
    await ledger?.snapshots.ended()
    await log?.close()
    await fresh?.close()
    await stored?.close()
    rmSync(scratch, { recursive: true, force: true })
    folder.unlock()
  }
}

function prepareGenesis(
  folder: DataFolder,
  settings: OpenSettings,
): { genesis: Genesis; packages: FoundingPackages } {
  const stored = folder.readGenesis()
  const given = settings.genesisFile && readGenesisFile(settings.genesisFile)
  if (stored === undefined) {
    if (given === undefined || settings.genesisFile === undefined) {
      throw new LedgerFault('GENESIS_REFUSED', { reason: 'a new folder needs a genesis file' })
    }
    const packages = settings.packages ?? new Map()
    checkPackages(given, packages)
    folder.writeGenesis(settings.genesisFile, packages)
    return { genesis: given, packages }
  }
  const genesis = readGenesisFile(stored)
  if (given !== undefined && toHex(given.hash) !== toHex(genesis.hash)) {
    throw new LedgerFault('FOLDER_OF_ANOTHER_CHAIN', { folder: genesis.chain, given: given.chain })
  }
  const packages = folder.readPackages()
  // Only block 0 is made from them.
  if (readBase(folder) === undefined) checkPackages(genesis, packages)
  return { genesis, packages }
}

/** Lets a check go on beside the ledger; the store that it finds damaged gives nothing any more. */
async function checkedRows(store: StateStore, check?: RowCheck): Promise<LedgerFault | null> {
  const fault = (await check?.done) ?? null
  if (fault !== null) store.fail(new StoreFault(fault.message, { cause: fault }))
  return fault
}

/**
 * Checks what a store holds; fills an empty one with the snapshot that its folder begins with.
 *
 * @returns whether nothing is left to be checked
 */
function prepareStore(
  store: StateStore,
  folder: DataFolder,
  genesis: Genesis,
  settings: OpenSettings,
): boolean {
  const own = store.genesisHash
  if (own !== undefined && own !== toHex(genesis.hash)) {
    throw new LedgerFault('FOLDER_OF_ANOTHER_CHAIN', { chain: genesis.chain, state: own })
  }
  const isWanted = settings.checksRows !== false
  const isSmall = store.rows <= (settings.rowsAtStart ?? ROWS_AT_START)
  if (isWanted && isSmall) store.checkRows()
  const base = readBase(folder)
  if (store.head === undefined && base !== undefined) {
    installBase(folder, base, store, genesis, settings.contracts)
  }
  return isSmall || !isWanted
}

/** Opens the log and compares each of its headers with the one that the state knows. */
function openLog(
  folder: DataFolder,
  genesis: Genesis,
  store: StateStore,
  settings: OpenSettings & { readonly trustsIndexes: boolean },
): { log: BlockLog; torn: TornTail | null } {
  const stateHeight = store.head?.height ?? -1
  const { segmentBytes, trustsIndexes } = settings
  const isKnown = (height: number, headerBytes: Bytes): boolean =>
    toHex(store.node(0, height)) === toHex(headerLeaf(headerBytes))
  const base = readBase(folder)
  const proofs = new ProofsOfLog()
  const opened = BlockLog.open(
    {
      folder: folder.logFolder,
      genesisHash: genesis.hash,
      requiredHeight: stateHeight,
      trustsIndexes,
      ...(segmentBytes === undefined ? {} : { segmentBytes }),
      ...(base === undefined ? {} : { begin: beginOf(base) }),
    },
    {
      block: ({ headerBytes, header: { height, finality } }, { firstHeight, offset }) => {
        proofs.takeBlock(height, finality)
        if (height > stateHeight || isKnown(height, headerBytes)) return
        const segment = segmentName(firstHeight)
        throw new LedgerFault('LOG_DAMAGED', { segment, offset, height })
      },
      finality: (height, proof) => proofs.take(height, proof.slice()),
      sealed: ({ lastBlock: { header, headerBytes }, changes, proofs: kept }) => {
        // Its header holds the chain of all before it.
        if (header.height > stateHeight || !isKnown(header.height, headerBytes)) return false
        proofs.takeSealed(header.finality, changes, kept)
        return true
      },
    },
  )
  const known = store.newestProof ?? -1
  for (const [height, proof] of proofs.kept) if (height > known) store.putProof(height, proof)
  return opened
}

/** Of the proofs in a log, those worth keeping: where the policy changes, and the newest. */
class ProofsOfLog {
  readonly kept = new Map<number, Bytes>()
  readonly #changes = new Set<number>()
  #policy: string | undefined
  #newest = -1

  takeBlock(height: number, policy: string): void {
    if (this.#policy !== undefined && this.#policy !== policy) this.#changes.add(height)
    this.#policy = policy
  }

  takeSealed(
    policy: string,
    changes: readonly number[],
    kept: readonly (readonly [height: number, proof: Bytes])[],
  ): void {
    for (const height of changes) this.#changes.add(height)
    this.#policy = policy
    for (const [height, proof] of kept) this.take(height, proof)
  }

  take(height: number, proof: Bytes): void {
    if (!this.#changes.has(this.#newest)) this.kept.delete(this.#newest)
    this.kept.set(height, proof)
    this.#newest = height
  }
}

/** Executes the blocks that the log has and the state has not. */
function replayLog(ledger: Ledger, settings: OpenSettings, countsTransactions = false): number {
  const first = ledger.height + 1
  const total = ledger.log.height - first + 1
  let transactions = 0
  for (let height = first; height <= ledger.log.height; height++) {
    const block = ledger.log.read(height)
    if (settings.verifiesSignatures === true) ledger.replay(block)
    else ledger.replay(block, () => true)
    ledger.commitState()
    transactions += block.transactions.length
    settings.onProgress?.(height - first + 1, total)
  }
  return countsTransactions ? transactions : Math.max(0, total)
}

/** The state that was stored must be the one that executing the log gives, key by key. */
function compareStates(fresh: StateStore, stored: StateStore): void {
  if (stored.head === undefined) return
  const others = stored.hashesFrom('')
  for (const [key, row] of fresh.hashesFrom('')) {
    const other = others.next()
    const [otherKey, otherRow] = other.done === true ? [] : other.value
    if (otherKey !== key || otherRow?.text !== row.text || otherRow.height !== row.height) {
      throw new LedgerFault('STATE_DAMAGED', { key: toHex(Buffer.from(key, 'latin1')) })
    }
  }
  const more = others.next()
  if (more.done !== true) {
    throw new LedgerFault('STATE_DAMAGED', { key: toHex(Buffer.from(more.value[0], 'latin1')) })
  }
  const { base, height: newest } = stored.head
  for (let height = base + 1; height <= newest; height++) compareBlocks(fresh, stored, height)
}

function compareBlocks(fresh: StateStore, stored: StateStore, height: number): void {
  const digest = (store: StateStore): string => {
    const bytes = store.headerBytes(height)
    const results = store.results(height).map(({ result, events }) => ({
      result: toHex(result),
      events: events.map(toHex),
    }))
    const header = bytes === undefined ? '' : toHex(headerHash(Uint8Array.from(bytes)))
    const document: JsonObject = { header, results: JSON.stringify(results) }
    return toHex(canonicalJson(document))
  }
  if (digest(fresh) !== digest(stored)) throw new LedgerFault('STATE_DAMAGED', { block: height })
}

/** Store faults carry the ledger's fault as their cause; LMDB's own errors become one. */
function asLedgerFault(error: unknown): unknown {
  if (error instanceof StoreFault && error.cause instanceof LedgerFault) return error.cause
  if (error instanceof Error && error.message.includes('MDB_')) {
    return new LedgerFault('STATE_DAMAGED', { reason: error.message }, { cause: error })
  }
  return error
}
