/* A process that hosts members of one chain: their keys, their copies of the ledger, and the engine. */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContracts, PROTOCOL } from '@renshe/contracts'
import type { Bytes, RandomSource } from '@renshe/crypto'
import { CHECKPOINT_ACTION, type Contracts } from '@renshe/kernel'
import {
  EmbeddedEngine,
  type FoundingPackages,
  type Genesis,
  type Ledger,
  type OpenLedger,
  type OpenReport,
  openLedger,
  ReplicaWitness,
  readGenesisFile,
} from '@renshe/ledger'
import { type DataLayout, dataLayout } from './found/data-layout.ts'
import { operatorSigner, witnessSigner } from './found/founding-member.ts'
import { type NodeFile, readNodeFile } from './found/node-file.ts'
import { type HostClock, scriptedClock, wallClock } from './host-clock.ts'
import { type KeyStore, openKeyStore } from './keys/key-store.ts'
import { demonstrationPassphrases, type PassphraseSource } from './keys/passphrase.ts'
import { Member } from './member.ts'
import { RealLedger } from './real-ledger.ts'
import { chainDuties } from './relays/chain-duties.ts'
import { openCursor } from './relays/cursor.ts'
import { RelayRunner, type RelayStatus } from './relays/relay-runner.ts'

/** How a host is started. */
export interface HostSettings {
  readonly dataFolder: string
  /** By default the random numbers of this machine. */
  readonly random?: RandomSource
  /** By default those of a demonstration, whose keys are worthless. */
  readonly passphrases?: (member: string) => PassphraseSource
  /** Where a scripted clock begins, if that is later than the newest block. */
  readonly startAt?: number
  /** How long the first transaction waits for others before a block is made; 0: not at all. */
  readonly blockDelayMs?: number
  /** Threads that verify signatures; 0: none. */
  readonly verifyThreads?: number
  /** Whether members do by themselves what time and blocks ask of them; true unless told otherwise. */
  readonly runsRelays?: boolean
  /** Hears what an operator should read. */
  readonly onNotice?: (notice: string) => void
}

/** What a host found when it opened the copies of its members. */
export interface HostReport {
  readonly genesis: Genesis
  readonly copies: ReadonlyMap<string, OpenReport>
}

/** Members of one chain at work in one process. */
export class Host {
  readonly clock: HostClock
  readonly engine: EmbeddedEngine
  readonly report: HostReport
  readonly nodeFile: NodeFile
  readonly layout: DataLayout
  readonly #members: ReadonlyMap<string, Member>
  readonly #parts: HostParts
  readonly #runners: ReadonlyMap<string, RelayRunner>
  readonly #timer: NodeJS.Timeout | undefined

  constructor(
    parts: HostParts,
    members: ReadonlyMap<string, Member>,
    runners: ReadonlyMap<string, RelayRunner>,
  ) {
    this.clock = parts.clock
    this.engine = parts.engine
    this.report = { genesis: parts.genesis, copies: parts.reports }
    this.nodeFile = parts.nodeFile
    this.layout = parts.layout
    this.#members = members
    this.#parts = parts
    this.#runners = runners
    if (!parts.clock.isScripted && runners.size > 0) {
      this.#timer = setInterval(() => this.#tick(), TICK_MS)
      this.#timer.unref()
    }
  }

  get chain(): string {
    return this.report.genesis.chain
  }

  /** Members at work here, ascending by id. */
  get members(): readonly Member[] {
    return [...this.#members.values()]
  }

  /** @throws RangeError if the member is not hosted here */
  member(id: string): Member {
    const found = this.#members.get(id)
    if (found === undefined) throw new RangeError(`member ${id} is not hosted here`)
    return found
  }

  /**
   * Moves the scripted clock and waits until the relays have done what that asks.
   *
   * @throws RangeError for the wall clock
   */
  async advanceTo(ms: number): Promise<void> {
    this.clock.advanceTo(ms)
    this.#tick()
    await this.quiet()
  }

  /** Resolves when no relay owes anything that it could do now. */
  async quiet(): Promise<void> {
    const runners = [...this.#runners.values()]
    do await Promise.all(runners.map((runner) => runner.quiet()))
    while (runners.some((runner) => !runner.isQuiet))
  }

  /**
   * Has a snapshot taken of everything written so far, and carried by a header: evidence then proves its
   * status. A scripted clock is moved on; with the wall clock this takes its seconds.
   */
  async snapshot(): Promise<void> {
    const [member] = this.members
    if (member === undefined) throw new RangeError('no member is hosted here')
    const { copy } = member.ledger
    await this.quiet()
    const target = copy.height
    for (let round = 0; (copy.store.head?.snapshot?.height ?? -1) < target; round++) {
      if (round > MOST_SNAPSHOT_BLOCKS) throw new RangeError('no snapshot comes')
      if (this.clock.isScripted) this.clock.advanceTo(this.clock.now() + SNAPSHOT_STEP_MS)
      await member.act(CHECKPOINT_ACTION, {}, 'system')
    }
    await this.quiet()
  }

  /** How the relays of a member are doing. */
  relaysOf(id: string): readonly RelayStatus[] {
    return this.#runners.get(id)?.status() ?? []
  }

  #tick(): void {
    for (const runner of this.#runners.values()) runner.tick()
  }

  /** Ends the relays, the members, the engine, then the stores: what was acknowledged is on disk. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    for (const runner of this.#runners.values()) await runner.stop()
    for (const member of this.members) await member.quiet()
    for (const ledger of this.#parts.ports) ledger.close()
    await this.engine.stop()
    await closeAll(this.#parts)
  }
}

/** The most blocks that a published delay may put between a snapshot and its header, twice. */
const MOST_SNAPSHOT_BLOCKS = 2_050
const SNAPSHOT_STEP_MS = 5_000

/** Everything that is open while a host works. */
interface HostParts {
  readonly layout: DataLayout
  readonly nodeFile: NodeFile
  readonly genesis: Genesis
  readonly clock: HostClock
  readonly engine: EmbeddedEngine
  readonly operator: OpenLedger
  readonly witnesses: readonly ReplicaWitness[]
  readonly ports: RealLedger[]
  readonly reports: ReadonlyMap<string, OpenReport>
}

/**
 * Opens every copy of the ledger that lies in the data folder, starts the engine and the members.
 *
 * @throws LedgerFault, KeyStoreRefused, RangeError if `node.json` and the genesis file disagree
 */
export async function openHost(settings: HostSettings): Promise<Host> {
  const layout = dataLayout(settings.dataFolder)
  const nodeFile = readNodeFile(layout.nodeFile)
  const genesisFile = new Uint8Array(readFileSync(layout.genesisFile))
  const genesis = readGenesisFile(genesisFile)
  if (genesis.chain !== nodeFile.chain) {
    throw new RangeError(`node.json is of ${nodeFile.chain}, genesis.json of ${genesis.chain}`)
  }
  const clock = nodeFile.clock === 'wall' ? wallClock() : scriptedClock(genesis.time)
  const random = settings.random ?? ((length: number): Bytes => new Uint8Array(randomBytes(length)))
  const opening = { settings, layout, nodeFile, genesis, genesisFile, clock, random }
  const keys = openKeys(opening)
  const parts = await openParts(opening, keys)
  try {
    const members = new Map(
      hostedOf(nodeFile).map((id) => [
        id,
        openMember(opening, parts, keys.get(id) as KeyStore, id),
      ]),
    )
    // What others seal to must be on chain before anybody reads.
    await Promise.all([...members.values()].map((member) => member.present('encryption')))
    const runners = settings.runsRelays === false ? [] : openRunners(opening, members)
    const host = new Host(parts, members, new Map(runners))
    for (const [, runner] of runners) runner.wake()
    return host
  } catch (error) {
    await parts.engine.stop()
    await closeAll(parts)
    throw error
  }
}

interface Opening {
  readonly settings: HostSettings
  readonly layout: DataLayout
  readonly nodeFile: NodeFile
  readonly genesis: Genesis
  readonly genesisFile: Bytes
  readonly clock: HostClock
  readonly random: RandomSource
}

function hostedOf(nodeFile: NodeFile): string[] {
  return nodeFile.members.filter(({ hosted }) => hosted).map(({ id }) => id)
}

function openKeys({ settings, layout, nodeFile, genesis, random }: Opening) {
  const passphrases = settings.passphrases ?? demonstrationPassphrases
  return new Map(
    hostedOf(nodeFile).map((id) => [
      id,
      openKeyStore({
        folder: layout.member(id).keys,
        suite: suiteOf(genesis),
        demonstration: genesis.isDemonstration,
        passphrases: passphrases(id),
        random,
      }),
    ]),
  )
}

/** The suite that members seal and certify with: the first that the chain allows. */
export function suiteOf(genesis: Genesis): 'RS-INTL-1' | 'RS-GM-1' {
  const [suite] = genesis.document.suites as readonly string[]
  return suite === 'RS-GM-1' ? 'RS-GM-1' : 'RS-INTL-1'
}

/** Rule books by protocol version, as every copy of the ledger executes them. */
export function rulesByProtocol(): ReadonlyMap<number, Contracts> {
  return new Map([[PROTOCOL, createContracts()]])
}

async function openParts(
  opening: Opening,
  keys: ReadonlyMap<string, KeyStore>,
): Promise<HostParts> {
  const { settings, layout, nodeFile, genesis, genesisFile, clock } = opening
  const suite = suiteOf(genesis)
  const keysOf = (id: string): KeyStore => {
    const found = keys.get(id)
    if (found === undefined) throw new RangeError(`the operator ${id} is not hosted here`)
    return found
  }
  const opened: OpenLedger[] = []
  const witnesses: ReplicaWitness[] = []
  try {
    const common = {
      contracts: rulesByProtocol(),
      genesisFile,
      packages: readPackages(layout),
      clock: () => clock.now(),
    }
    const operatorFolder = layout.member(nodeFile.operator).ledger
    const operator = await openLedger({ ...common, folder: operatorFolder })
    opened.push(operator)
    const height = operator.ledger.height
    if (clock.isScripted) clock.advanceTo(operator.ledger.header(height).time)
    if (clock.isScripted && settings.startAt !== undefined) clock.advanceTo(settings.startAt)
    for (const { id, hosted, replica } of nodeFile.members) {
      if (!hosted || !replica || id === nodeFile.operator) continue
      const own = { ...common, contracts: rulesByProtocol(), folder: layout.member(id).ledger }
      const signer = await witnessSigner(keysOf(id), suite)
      witnesses.push(await ReplicaWitness.open({ ...own, member: id, keys: signer }))
    }
    const engine = new EmbeddedEngine({
      operatorKeys: [await operatorSigner(keysOf(nodeFile.operator), suite)],
      witnesses,
      clock: () => clock.now(),
      ...(settings.blockDelayMs === undefined ? {} : { blockDelayMs: settings.blockDelayMs }),
      ...(settings.verifyThreads === undefined ? {} : { verifyThreads: settings.verifyThreads }),
      ...(settings.onNotice === undefined ? {} : { onNotice: settings.onNotice }),
    })
    await engine.start(operator.ledger)
    const reports = new Map([[nodeFile.operator, operator.report]])
    return { layout, nodeFile, genesis, clock, engine, operator, witnesses, ports: [], reports }
  } catch (error) {
    for (const witness of witnesses) await witness.close()
    for (const ledger of opened) await ledger.close()
    throw error
  }
}

function openMember(opening: Opening, parts: HostParts, keys: KeyStore, id: string): Member {
  const { genesis, clock, random } = opening
  const ledger = portOf(parts, id)
  parts.ports.push(ledger)
  return new Member({
    id,
    chainName: String(genesis.document.name),
    keys,
    ledger,
    clock,
    random,
    isDemonstration: genesis.isDemonstration,
  })
}

/** How often a host with the wall clock tells its relays that time has passed. */
const TICK_MS = 1_000
/** Between the nodes of a chain: how much longer the next one waits before it speaks of time. */
const TURN_MS = 5_000

function openRunners(
  { settings, layout, nodeFile, clock }: Opening,
  members: ReadonlyMap<string, Member>,
): [string, RelayRunner][] {
  const [first] = members.keys()
  return [...members].map(([id, member]) => {
    const rank = nodeFile.members.findIndex((each) => each.id === id)
    const turn = { waitsMs: clock.isScripted ? 0 : rank * TURN_MS }
    const runner = new RelayRunner({
      ledger: member.ledger,
      // Members of one process share a clock: one of them speaks for all.
      relays: id === first ? chainDuties(member, turn) : [],
      cursor: openCursor(join(layout.member(id).relays, 'cursor.json')),
      onNotice: (notice) => settings.onNotice?.(`${id}: ${notice}`),
    })
    return [id, runner]
  })
}

function portOf({ engine, operator, witnesses, nodeFile }: HostParts, id: string): RealLedger {
  const own: Ledger | undefined =
    id === nodeFile.operator
      ? operator.ledger
      : witnesses.find(({ member }) => member === id)?.ledger
  return new RealLedger(engine, own ?? operator.ledger, own === undefined ? 'operator' : 'own')
}

/** Founding packages, by the hash that names their file. */
export function readPackages(layout: DataLayout): FoundingPackages {
  if (!existsSync(layout.packagesFolder)) return new Map()
  const files = readdirSync(layout.packagesFolder).filter((name) => name.endsWith('.json'))
  return new Map(
    files.map((name) => {
      const hash = name.slice(0, -'.json'.length)
      return [hash, new Uint8Array(readFileSync(layout.packageFile(hash)))]
    }),
  )
}

async function closeAll({ operator, witnesses }: HostParts): Promise<void> {
  for (const witness of witnesses) await witness.close()
  await operator.close()
}
