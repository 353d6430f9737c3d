import type { JsonObject } from '@renshe/crypto'

/** Why the ledger does not go on; see {@link ADVICE} for what an operator does about each. */
export type LedgerFaultCode =
  | 'FOLDER_IN_USE'
  | 'FOLDER_OF_ANOTHER_CHAIN'
  | 'GENESIS_REFUSED'
  | 'LOG_DAMAGED'
  | 'LOG_BEHIND_STATE'
  | 'LOG_WRITE_FAILED'
  | 'STATE_DAMAGED'
  | 'STATE_DIVERGED'
  | 'STATE_WRITE_FAILED'
  | 'PROTOCOL_UNKNOWN'
  | 'BLOCK_REFUSED'
  | 'SNAPSHOT_MISSING'
  | 'HEIGHT_UNKNOWN'

const ADVICE: Readonly<Record<LedgerFaultCode, string>> = {
  FOLDER_IN_USE: 'Another process works in this data folder. Stop it first.',
  FOLDER_OF_ANOTHER_CHAIN: 'The folder belongs to the chain named here. Give another folder.',
  GENESIS_REFUSED: 'Get the genesis file again from another founder and compare its hash.',
  LOG_DAMAGED:
    'Nothing was changed. Restore the log from a backup or copy it from another member, then run rebuild.',
  LOG_BEHIND_STATE:
    'Nothing was changed. The log lost blocks that the state has: restore the log from a backup or another member.',
  LOG_WRITE_FAILED:
    'No transaction was acknowledged. Free space or repair the disk; the ledger goes on by itself.',
  STATE_DAMAGED: 'Run rebuild: the state is made again from the block log.',
  STATE_DIVERGED:
    'This computer computed another result than the block says. Run verify, and compare versions with other members.',
  STATE_WRITE_FAILED:
    'The block is safe in the log. Free space or repair the disk; the ledger goes on by itself.',
  PROTOCOL_UNKNOWN: 'Install the release that knows this protocol version and start again.',
  BLOCK_REFUSED: 'The block does not continue this ledger. Ask its sender for evidence.',
  SNAPSHOT_MISSING: 'Ask again after the next snapshot.',
  HEIGHT_UNKNOWN: 'Ask for a height that this ledger has.',
}

/** Something that must stop the ledger or a request to it; never a result of a transaction. */
export class LedgerFault extends Error {
  readonly code: LedgerFaultCode
  /** Where: segment, offset, height, key, as far as they are known. */
  readonly facts: JsonObject
  /** What to do, in one or two sentences. */
  readonly advice: string

  constructor(code: LedgerFaultCode, facts: JsonObject, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}. ${ADVICE[code]}`, options)
    this.name = 'LedgerFault'
    this.code = code
    this.facts = facts
    this.advice = ADVICE[code]
  }
}
