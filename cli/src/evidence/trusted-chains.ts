import { type Genesis, LedgerFault, readGenesisFile } from '@renshe/ledger'
import { pinOf } from '@renshe/node'
import type { PinnedChain } from '@renshe/proof'
import { usage } from '../shell/failure.ts'
import { readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const MOST_GENESIS_BYTES = 16 << 20

/**
 * The chains of genesis files; every founder's signature is verified.
 *
 * @throws CommandFailure usage where a file is none
 */
export async function trustedChains(
  session: Session,
  paths: readonly string[],
): Promise<PinnedChain[]> {
  const chains: PinnedChain[] = []
  for (const path of paths) {
    const bytes = await readInput(session, path, MOST_GENESIS_BYTES)
    chains.push(pinOf(genesisOf(path, bytes)))
  }
  return chains
}

function genesisOf(path: string, bytes: Uint8Array): Genesis {
  try {
    return readGenesisFile(bytes)
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error
    const why = JSON.stringify(error.facts)
    throw usage(
      `--trust 应为创世文件；${path} 不是：${why}`,
      `--trust must name a genesis file; ${path} is none: ${why}`,
    )
  }
}
