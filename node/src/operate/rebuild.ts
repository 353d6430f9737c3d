/* Making a member's state anew from its log, and verifying a member's ledger without trusting its state. */
import { readFileSync } from 'node:fs'
import { toHex } from '@renshe/crypto'
import {
  type LedgerVerification,
  type OpenReport,
  rebuildLedger,
  verifyLedger,
} from '@renshe/ledger'
import { dataLayout } from '../found/data-layout.ts'
import { readPackages, rulesByProtocol } from '../host-parts.ts'

/** Which ledger. */
export interface LedgerOfMember {
  readonly dataFolder: string
  readonly member: string
  /** Hears how far long work has come, in blocks. */
  readonly onProgress?: (done: number, total: number) => void
}

/** A state that was made anew. */
export interface RebuiltLedger {
  readonly member: string
  readonly height: number
  readonly headerHash: string
  readonly report: OpenReport
}

/**
 * Drops a member's state and makes it again from its log; no host may be at work there.
 *
 * @throws LedgerFault `FOLDER_IN_USE`, `LOG_DAMAGED`, `STATE_DIVERGED` with place and advice
 */
export async function rebuildMember(asked: LedgerOfMember): Promise<RebuiltLedger> {
  const opened = await rebuildLedger(settingsOf(asked))
  try {
    const { height, headerHash } = opened.ledger.info()
    const { member } = asked
    return { member, height, headerHash: toHex(headerHash), report: opened.report }
  } finally {
    await opened.close()
  }
}

/**
 * Reads a member's whole log, verifies every signature, executes every block again and compares with the
 * stored state; nothing is changed.
 *
 * @throws LedgerFault naming the first place that is wrong
 */
export function verifyMember(asked: LedgerOfMember): Promise<LedgerVerification> {
  return verifyLedger(settingsOf(asked))
}

function settingsOf({ dataFolder, member, onProgress }: LedgerOfMember) {
  const layout = dataLayout(dataFolder)
  return {
    folder: layout.member(member).ledger,
    contracts: rulesByProtocol(),
    genesisFile: new Uint8Array(readFileSync(layout.genesisFile)),
    packages: readPackages(layout),
    ...(onProgress === undefined ? {} : { onProgress }),
  }
}
