/** Orders, executes and stores transactions. */
export { type Block, decodeBlock, encodeBlock } from './block-format.ts'
export type { TornTail } from './block-log.ts'
export { LedgerFault, type LedgerFaultCode } from './fault.ts'
export {
  type FoundingPackages,
  type Genesis,
  genesisMessage,
  makeGenesisFile,
  readGenesisDocument,
  readGenesisFile,
} from './genesis.ts'
export { HISTORY_BLOCKS, type Judgement, Ledger, type OpenSignature } from './ledger.ts'
export {
  type LedgerVerification,
  type OpenLedger,
  type OpenReport,
  type OpenSettings,
  openLedger,
  rebuildLedger,
  verifyLedger,
} from './open-ledger.ts'
export type {
  Admission,
  Engine,
  EngineBlock,
  EngineStatus,
  Executed,
  Misbehaviour,
  SnapshotOffer,
  StateMachine,
  Unsubscribe,
} from './port.ts'
export type { Presence } from './snapshot-tree.ts'
