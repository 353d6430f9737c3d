/* A process that hosts members of one chain: their keys, their copies of the ledger, and the engine. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '@renshe/crypto'
import { CHECKPOINT_ACTION, onContractFault } from '@renshe/kernel'
import { type EmbeddedEngine, type Genesis, type OpenReport, readGenesisFile } from '@renshe/ledger'
import { type DataLayout, dataLayout } from './found/data-layout.ts'
import { type NodeFile, readNodeFile } from './found/node-file.ts'
import { type HostClock, scriptedClock, wallClock } from './host-clock.ts'
import {
  closeParts,
  type HostParts,
  type HostSettings,
  type Opening,
  openKeys,
  openMember,
  openParts,
} from './host-parts.ts'
import type { Member } from './member.ts'
import { BANK_RELAY, bankDuty } from './relays/bank-duty.ts'
import { chainDuties } from './relays/chain-duties.ts'
import { openCursor } from './relays/cursor.ts'
import { determinations } from './relays/determinations.ts'
import { handOverDuty } from './relays/hand-overs.ts'
import { RelayRunner, type RelayStatus } from './relays/relay-runner.ts'
import { renewals } from './relays/renewals.ts'
import { vaultDuties } from './relays/vault-duties.ts'

/** The most blocks that a published delay may put between a snapshot and its header, twice. */
const MOST_SNAPSHOT_BLOCKS = 2_050
const SNAPSHOT_STEP_MS = 5_000

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
    if (runners.size > 0) {
      let ticks = 0
      this.#timer = setInterval(() => {
        ticks += 1
        const isForAll = !parts.clock.isScripted && ticks % TICKS_FOR_ALL === 0
        // Files of a bank come in real time, also where the chain's clock is scripted.
        this.#tick(isForAll ? null : BANK_RELAY)
      }, TICK_MS)
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

  /** Whether this release has the rule books of a protocol version. */
  knowsProtocol(protocol: number): boolean {
    return this.#parts.protocols.includes(protocol)
  }

  /** How the relays of a member are doing. */
  relaysOf(id: string): readonly RelayStatus[] {
    return this.#runners.get(id)?.status() ?? []
  }

  #tick(only: string | null = null): void {
    for (const runner of this.#runners.values()) runner.tick(only)
  }

  /** Ends the relays, the members, the engine, then the stores: what was acknowledged is on disk. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    for (const runner of this.#runners.values()) await runner.stop()
    for (const member of this.members) await member.quiet()
    for (const ledger of this.#parts.ports) ledger.close()
    await this.engine.stop()
    await closeParts(this.#parts)
    onContractFault(undefined)
  }
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
  // A bug of the contracts is a refusal on chain without any detail: here an operator reads it.
  onContractFault((error) => settings.onNotice?.(`contract fault: ${(error as Error).stack}`))
  const parts = await openParts(opening, keys)
  try {
    const members = new Map<string, Member>()
    for (const [id, own] of keys) members.set(id, await openMember(opening, parts, own, id))
    // What others seal to must be on chain before anybody reads.
    await Promise.all([...members.values()].map((member) => member.present('encryption')))
    const runners = settings.runsRelays === false ? [] : openRunners(opening, members)
    const host = new Host(parts, members, new Map(runners))
    for (const [, runner] of runners) runner.wake()
    return host
  } catch (error) {
    await parts.engine.stop()
    await closeParts(parts)
    throw error
  }
}

/** How often a host looks at the folders of banks; with the wall clock every fourth time is for all relays. */
const TICK_MS = 250
const TICKS_FOR_ALL = 4
/** Between the nodes of a chain: how much longer the next one waits before it speaks of time. */
const TURN_MS = 5_000

function openRunners(
  { settings, layout, nodeFile, clock }: Opening,
  members: ReadonlyMap<string, Member>,
): [string, RelayRunner][] {
  const [first] = members.keys()
  return [...members].map(([id, member]) => {
    const rank = nodeFile.members.findIndex((each) => each.id === id)
    const bank = nodeFile.members[rank]?.bank ?? null
    const folder = layout.member(id).bank
    const onNotice = (notice: string): void => settings.onNotice?.(`${id}: ${notice}`)
    const turn = { waitsMs: clock.isScripted ? 0 : rank * TURN_MS }
    const runner = new RelayRunner({
      ledger: member.ledger,
      relays: [
        // Members of one process share a clock: one of them speaks of time for all.
        ...(id === first ? chainDuties(member, turn) : []),
        ...vaultDuties(member),
        handOverDuty(member),
        ...(nodeFile.members[rank]?.determines === true ? [determinations(member)] : []),
        renewals(member),
        ...(bank === null ? [] : [bankDuty(member, { place: bank, folder, onNotice })]),
      ],
      cursor: openCursor(join(layout.member(id).relays, 'cursor.json')),
      onNotice,
    })
    return [id, runner]
  })
}
