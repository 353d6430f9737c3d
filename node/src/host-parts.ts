/* Opening and closing what a host works with: keys, copies of the ledger, the engine, vaults. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createContracts, PROTOCOL } from '@renshe/contracts'
import type { Bytes, RandomSource, SuiteId } from '@renshe/crypto'
import type { Contracts } from '@renshe/kernel'
import {
  type CheckpointSigner,
  EmbeddedEngine,
  type FoundingPackages,
  type Genesis,
  type Ledger,
  type OpenLedger,
  type OpenReport,
  openLedger,
  ReplicaWitness,
} from '@renshe/ledger'
import type { DataLayout } from './found/data-layout.ts'
import { operatorSigner, witnessSigner } from './found/founding-member.ts'
import type { NodeFile } from './found/node-file.ts'
import type { HostClock } from './host-clock.ts'
import { type KeyStore, openKeyStore } from './keys/key-store.ts'
import { demonstrationPassphrases, type PassphraseSource } from './keys/passphrase.ts'
import type { LedgerView } from './ledger-port.ts'
import { Member } from './member.ts'
import { type PeerService, peersInProcess } from './peer.ts'
import { afterCatchUp } from './peer-after-catch-up.ts'
import { peerServiceOf } from './peer-service.ts'
import { RealLedger } from './real-ledger.ts'
import { replayErasures } from './vault/erasing.ts'
import { openVault, type Vault } from './vault/vault.ts'

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
  /** Rule books by protocol version; those of this release unless told. */
  readonly contracts?: () => ReadonlyMap<number, Contracts>
  /** Hears what an operator should read. */
  readonly onNotice?: (notice: string) => void
}

/** Everything that is open while a host works. */
export interface HostParts {
  readonly layout: DataLayout
  readonly nodeFile: NodeFile
  readonly genesis: Genesis
  readonly clock: HostClock
  readonly engine: EmbeddedEngine
  readonly operator: OpenLedger
  readonly witnesses: readonly ReplicaWitness[]
  readonly ports: RealLedger[]
  readonly vaults: Vault[]
  readonly services: Map<string, PeerService>
  readonly reports: ReadonlyMap<string, OpenReport>
  /** Protocol versions whose rule books are here. */
  readonly protocols: readonly number[]
}

/** What is known before anything is open. */
export interface Opening {
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

/** The key folders of the members that run here; no key is read yet. */
export function openKeys({ settings, layout, nodeFile, genesis, random }: Opening) {
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

/** Opens every copy of the ledger and starts the engine. */
export async function openParts(
  opening: Opening,
  keys: ReadonlyMap<string, KeyStore>,
): Promise<HostParts> {
  const { layout, nodeFile, genesis, clock } = opening
  const folder = layout.member(nodeFile.operator).ledger
  const operator = await openLedger({ ...copySettings(opening), folder })
  const witnesses: ReplicaWitness[] = []
  try {
    followBlocks(opening, operator)
    await openWitnesses(opening, keys, witnesses)
    const signer = await operatorSigner(keysOf(keys, nodeFile.operator), suiteOf(genesis))
    const engine = engineOf(opening, signer, witnesses)
    await engine.start(operator.ledger)
    // Blocks that this folder had lost came from the witnesses.
    followBlocks(opening, operator)
    return {
      layout,
      nodeFile,
      genesis,
      clock,
      engine,
      operator,
      witnesses,
      ports: [],
      vaults: [],
      services: new Map(),
      reports: new Map([[nodeFile.operator, operator.report]]),
      protocols: [...(opening.settings.contracts ?? rulesByProtocol)().keys()],
    }
  } catch (error) {
    for (const witness of witnesses) await witness.close()
    await operator.close()
    throw error
  }
}

/** What every copy of the ledger is opened with; each has rule books, hence caches, of its own. */
function copySettings({ settings, layout, genesisFile, clock }: Opening) {
  return {
    contracts: (settings.contracts ?? rulesByProtocol)(),
    genesisFile,
    packages: readPackages(layout),
    clock: () => clock.now(),
  }
}

/** A scripted clock stands where the newest block stands, or where the settings put it. */
function followBlocks({ clock, settings }: Opening, { ledger }: OpenLedger): void {
  if (!clock.isScripted) return
  clock.advanceTo(ledger.header(ledger.height).time)
  if (settings.startAt !== undefined) clock.advanceTo(settings.startAt)
}

function keysOf(keys: ReadonlyMap<string, KeyStore>, id: string): KeyStore {
  const found = keys.get(id)
  if (found === undefined) throw new RangeError(`the operator ${id} is not hosted here`)
  return found
}

async function openWitnesses(
  opening: Opening,
  keys: ReadonlyMap<string, KeyStore>,
  witnesses: ReplicaWitness[],
): Promise<void> {
  const { nodeFile, layout, genesis } = opening
  for (const { id, hosted, replica } of nodeFile.members) {
    if (!hosted || !replica || id === nodeFile.operator) continue
    const own = { ...copySettings(opening), folder: layout.member(id).ledger, member: id }
    const signer = await witnessSigner(keysOf(keys, id), suiteOf(genesis))
    witnesses.push(await ReplicaWitness.open({ ...own, keys: signer }))
  }
}

function engineOf(
  { settings, clock }: Opening,
  signer: CheckpointSigner,
  witnesses: readonly ReplicaWitness[],
): EmbeddedEngine {
  const { blockDelayMs, verifyThreads, onNotice } = settings
  return new EmbeddedEngine({
    operatorKeys: [signer],
    witnesses,
    clock: () => clock.now(),
    ...(blockDelayMs === undefined ? {} : { blockDelayMs }),
    ...(verifyThreads === undefined ? {} : { verifyThreads }),
    ...(onNotice === undefined ? {} : { onNotice }),
  })
}

/** Opens a member's vault and lets other members reach it. */
export async function openMember(
  { settings, genesis, clock, random, layout }: Opening,
  parts: HostParts,
  keys: KeyStore,
  id: string,
): Promise<Member> {
  const ledger = portOf(parts, id)
  parts.ports.push(ledger)
  const place = layout.member(id)
  const vault = await openVault({
    chain: genesis.chain,
    member: id,
    suite: suiteOf(genesis),
    folder: place.vault,
    releaseFolder: place.release,
    keys,
    random,
  })
  parts.vaults.push(vault)
  // A restored backup has what was erased after it was made: first that goes, then anybody is answered.
  const { halves, copies } = await replayErasures(vault, newestView(parts, ledger))
  if (halves + copies > 0) {
    settings.onNotice?.(`${id}: erased again: ${halves} halves, ${copies} copies`)
  }
  const suites = genesis.document.suites as readonly SuiteId[]
  const encryption = await keys.privateKey('encryption')
  const member = new Member({
    id,
    chainName: String(genesis.document.name),
    keys,
    ledger,
    clock,
    random,
    isDemonstration: genesis.isDemonstration,
    vault,
    peers: peersInProcess(id, (other) => parts.services.get(other)),
    suites,
    encryption,
    indexKey: await keys.symmetric('index'),
  })
  const { holderKey } = member
  const answerKey = () => member.signer('system')
  const service = peerServiceOf({ vault, ledger, suites, encryption, holderKey, answerKey })
  parts.services.set(id, afterCatchUp(service, ledger))
  return member
}

/** What is final by the copy that reaches furthest: a member's own may be older after a restore. */
function newestView({ engine, operator }: HostParts, own: RealLedger): LedgerView {
  if (operator.ledger.height <= own.copy.height) return own.view()
  const further = new RealLedger(engine, operator.ledger, 'operator')
  try {
    return further.view()
  } finally {
    further.close()
  }
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

/** Closes vaults and copies; the engine was stopped before. */
export async function closeParts({ operator, witnesses, vaults }: HostParts): Promise<void> {
  for (const vault of vaults) await vault.close()
  for (const witness of witnesses) await witness.close()
  await operator.close()
}
