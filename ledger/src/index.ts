/** Orders, executes and stores transactions. */

export { type Block, decodeBlock, encodeBlock } from './block-format.ts'
export type { TornTail } from './block-log.ts'
export {
  type CheckpointSigner,
  isOperatorNote,
  publicKeysOf,
} from './embedded/checkpoint-keys.ts'
export { EmbeddedEngine, type EmbeddedSettings } from './embedded/engine.ts'
export type { Outcome } from './embedded/outcomes.ts'
export { type ReplicaSettings, ReplicaWitness } from './embedded/replica-witness.ts'
export { SignaturePool } from './embedded/signature-pool.ts'
export type {
  CosignAnswer,
  CosignRefusalCode,
  CosignRequest,
  Witness,
  WitnessHead,
} from './embedded/witness.ts'
export {
  type EvidenceSource,
  evidenceOf,
  type ProvenAct,
  type ProvenStatus,
  type ProvenWrite,
} from './evidence-source.ts'
export { LedgerFault, type LedgerFaultCode } from './fault.ts'
export {
  type FoundingPackages,
  type Genesis,
  genesisMessage,
  makeGenesisFile,
  readGenesisDocument,
  readGenesisFile,
} from './genesis.ts'
export type { Judgement, OpenSignature } from './judge-bundle.ts'
export { HISTORY_BLOCKS, Ledger } from './ledger.ts'
export { type NewestBlock, newestBlock } from './newest-block.ts'
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
  StateMachine,
  Unsubscribe,
} from './port.ts'
export {
  loadSnapshotChunk,
  offerSnapshot,
  SnapshotJoin,
  type SnapshotOffer,
} from './snapshot-sync.ts'
export type { Presence } from './snapshot-tree.ts'
