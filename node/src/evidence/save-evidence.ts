import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@renshe/crypto'
import { toHex } from '@renshe/crypto'
import type { Genesis } from '@renshe/ledger'
import { buildVerifierPage, type PinnedChain, policyHash, type SavedHead } from '@renshe/proof'
import type { MadeEvidence } from './assemble-evidence.ts'

/** Where an evidence file and its verifier were put. */
export interface SavedEvidence {
  readonly file: string
  /** One HTML page that opens no connection and trusts exactly this chain. */
  readonly page: string
}

/** What a reader must trust to judge files of a chain: its genesis hash and founding policy. */
export function pinOf(genesis: Genesis): PinnedChain {
  const members = (genesis.document.members as readonly JsonObject[]).map(
    ({ id, name }) => [id, name] as const,
  )
  return {
    chain: genesis.chain,
    genesisHash: toHex(genesis.hash),
    policies: [toHex(policyHash(genesis.policy))],
    members: Object.fromEntries(members) as NonNullable<PinnedChain['members']>,
  }
}

/**
 * Writes `<name>.renshe.json`, and the offline verifier beside it.
 *
 * @param madeAt  UTC ms, by the writer's clock
 * @param heads   heads that were seen before: the page turns red on a file that contradicts them
 */
export function saveEvidence(
  evidence: MadeEvidence,
  place: { readonly folder: string; readonly name: string },
  {
    genesis,
    madeAt,
    heads = [],
  }: { readonly genesis: Genesis; readonly madeAt: number; readonly heads?: readonly SavedHead[] },
): SavedEvidence {
  mkdirSync(place.folder, { recursive: true })
  const file = join(place.folder, `${place.name}.renshe.json`)
  const page = join(place.folder, `verify-${genesis.chain}.html`)
  writeWhole(file, evidence.bytes)
  writeWhole(
    page,
    Buffer.from(buildVerifierPage({ pins: { chains: [pinOf(genesis)], madeAt, heads } })),
  )
  return { file, page }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.part`, bytes, { flush: true })
  renameSync(`${path}.part`, path)
}
