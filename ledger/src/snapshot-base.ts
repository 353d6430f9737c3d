import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, fromUtf8, ledgerHash, toHex, utf8 } from '@renshe/crypto'
import {
  type Contracts,
  decodeKey,
  EMPTY_STATE,
  type SpentNonce,
  StateLayer,
  spentNonces,
  stateViewOf,
} from '@renshe/kernel'
import {
  type ClosedNode,
  DELETED,
  headerBytes,
  headerHash,
  headerLeaf,
  policyHash,
} from '@renshe/proof'
import type { Static } from 'typebox'
import type { DataFolder } from './data-folder.ts'
import { LedgerFault } from './fault.ts'
import type { Genesis } from './genesis.ts'
import type { LogBegin } from './log-scan.ts'
import { indexNames, RuleBooks } from './rule-books.ts'
import { readFrontier, type SnapshotOffer } from './snapshot-sync.ts'
import { checkSnapshotFile, snapshotEntries } from './snapshot-tree.ts'
import type { SpentEntry } from './spent-set.ts'
import type { StateStore } from './state-store.ts'

/** The snapshot that a joiner's folder begins with; undefined if it begins with block 0. */
export function readBase(folder: DataFolder): SnapshotOffer | undefined {
  const path = join(folder.baseFolder, 'offer.json')
  if (!existsSync(path)) return undefined
  return JSON.parse(fromUtf8(readFileSync(path))) as SnapshotOffer
}

/** Where the log of such a folder begins. */
export function beginOf({ header }: SnapshotOffer): LogBegin {
  return { height: header.height + 1, parent: headerHash(header) }
}

/**
 * Fills an empty store with the snapshot of its folder, whose root was proven when it came.
 *
 * @throws LedgerFault `STATE_DAMAGED` if the file is not that snapshot any more
 */
export function installBase(
  folder: DataFolder,
  offer: SnapshotOffer,
  store: StateStore,
  genesis: Genesis,
  known: ReadonlyMap<number, Contracts>,
): void {
  const path = join(folder.baseFolder, 'state')
  const frontier = readFrontier(offer)
  if (checkSnapshotFile(path, offer) === undefined || frontier === undefined) {
    throw new LedgerFault('STATE_DAMAGED', { file: 'base/state' })
  }
  const { header } = offer
  const contracts = new RuleBooks(known, genesis.protocol, store).of(header.protocol, header.height)
  const { layer, spent } = layerOf(path, contracts, header.height)
  const policy = canonicalJson(contracts.policy(stateViewOf(layer)))
  const parsed = JSON.parse(fromUtf8(policy)) as Parameters<typeof policyHash>[0]
  if (toHex(policyHash(parsed)) !== header.finality) {
    throw new LedgerFault('STATE_DIVERGED', { height: header.height, member: 'finality' })
  }
  const changes = [...layer.values.changes()].map(([key, text]) => {
    const hash = text === null ? DELETED : ledgerHash('value', utf8(text))
    return { key, text, before: null, beforeHeight: -1, hash }
  })
  store.commit(
    {
      head: {
        height: header.height,
        time: header.time,
        headerHash: toHex(headerHash(header)),
        protocol: header.protocol,
        engineHeight: String(header.height),
        pending: { height: header.height, carrier: offer.carrier.height },
        snapshot: null,
        base: header.height,
        indexedFor: indexNames(contracts),
      },
      headerBytes: headerBytes(header),
      layer,
      changes,
      results: [],
      spent,
      closedNodes: nodesOf(offer),
      frontier,
      policy: { hash: policyHash(parsed), bytes: policy },
      oldestUndo: 0,
      spentUntil: 0,
    },
    genesis.hash,
  )
}

/** Values and index entries of the snapshot, and the spent nonces, which are no ordinary values. */
function layerOf(path: string, contracts: Contracts, height: number) {
  const declared = new Map(contracts.collections.map((each) => [each.name, each]))
  const layer = new StateLayer(EMPTY_STATE)
  const spent: SpentEntry[] = []
  for (const { key, text } of snapshotEntries(path)) {
    const { collection: name, parts } = decodeKey(key)
    const collection = declared.get(name)
    if (name === spentNonces.name) {
      const { expiresAt } = JSON.parse(text) as Static<typeof SpentNonce>
      spent.push({ signer: String(parts[0]), nonce: String(parts[1]), expiresAt, height })
    } else if (collection === undefined) {
      layer.values.set(key, text)
    } else {
      layer.put(collection, { parts, key }, text, JSON.parse(text))
    }
  }
  return { layer, spent }
}

/** The complete subtrees at the edge of the log, and the leaf of the base's header. */
function nodesOf(offer: SnapshotOffer): ClosedNode[] {
  const { header } = offer
  const size = header.height + 1
  const bytes = readFrontier(offer)!.toBytes()
  const nodes: ClosedNode[] = []
  let begin = 0
  for (let level = Math.floor(Math.log2(size)); level >= 0; level--) {
    const width = 2 ** level
    if (begin + width > size) continue
    const at = 8 + nodes.length * 32
    nodes.push({ level, index: begin / width, hash: bytes.slice(at, at + 32) })
    begin += width
  }
  const isLeafThere = nodes.some(({ level }) => level === 0)
  return isLeafThere
    ? nodes
    : [...nodes, { level: 0, index: header.height, hash: headerLeaf(header) }]
}
