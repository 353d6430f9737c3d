/** Builds and verifies Merkle proofs, checkpoints, finality and evidence files. Touches nothing. */
export {
  type ActToSay,
  type SaidAct,
  type SaidAmount,
  type SaidField,
  type SaidText,
  sayAct,
  sayValue,
  textOf,
  type WordsOfPackage,
} from './act-words.ts'
export { amountInChinese, amountInEnglish, groupedDigits } from './amount-words.ts'
export { CHECK_NAMES, type CheckName, DEPENDS_ON } from './check.ts'
export type { FindingCode } from './check-sentences.ts'
export { statusSubject } from './check-status.ts'
export {
  type Checkpoint,
  checkpointNote,
  checkpointOrigin,
  checkpointText,
  cosignatureMessage,
  type LineAlgorithm,
  type LogHead,
  lineKeyId,
  makeOperatorLine,
  makeWitnessLine,
  parseCheckpoint,
  type SignatureLine,
  type SignMessage,
  witnessName,
} from './checkpoint.ts'
export {
  type DoubleSigning,
  doubleSigners,
  type HeadSigners,
  headSigners,
} from './checkpoint-lines.ts'
export { beijingTime } from './civil-time.ts'
export {
  type CometbftProof,
  type CommitFault,
  type CommitSignature,
  type EngineCommit,
  type EngineHeader,
  type EngineTime,
  engineHeaderHash,
  type PartSet,
  validatorsHash,
  verifyCommit,
  voteSignBytes,
} from './cometbft.ts'
export {
  type EvidenceAct,
  type EvidenceConsistency,
  type EvidenceFile,
  type EvidenceFinality,
  type EvidenceHeader,
  type EvidenceKind,
  type EvidenceNeighbour,
  type EvidenceRecord,
  type EvidenceStatus,
  MAX_EVIDENCE_BYTES,
  parseEvidence,
} from './evidence-file.ts'
export type { Facts, Words } from './facts.ts'
export {
  type EmbeddedProof,
  type EngineProof,
  type FinalityFault,
  type FinalityOutcome,
  type FinalityProof,
  type FinalitySigners,
  verifyFinality,
  verifyWalk,
  type WalkOutcome,
} from './finality.ts'
export {
  type Commitment,
  chainIdOf,
  genesisHash,
  type Header,
  headerBytes,
  headerHash,
  headerLeaf,
  isDemonstration,
  parseHeader,
  type SnapshotHead,
} from './header.ts'
export { type ClosedNode, LogFrontier } from './log-frontier.ts'
export {
  EvidenceIncomplete,
  type EvidenceParts,
  evidenceAct,
  evidenceRecord,
  type LogReader,
  makeEvidence,
} from './make-evidence.ts'
export {
  type DocumentOpening,
  type Opened,
  type OpeningFault,
  type OutcomeLeaf,
  openingFault,
  type WholeOpening,
} from './opening.ts'
export type { PinnedChain, VerifierPins } from './page/pins.ts'
export { buildVerifierPage } from './page/verifier-page.ts'
export {
  type CheckpointKeys,
  type CometbftPolicy,
  type EmbeddedPolicy,
  type Policy,
  parsePolicy,
  policyFault,
  policyHash,
  type Suite,
  type Validator,
} from './policy.ts'
export { CHECK_TITLES, type Reason } from './reasons.ts'
export { ShapeRefused } from './shape.ts'
export { type KeyPart, stateKey } from './state-key.ts'
export {
  type Absence,
  absenceFrom,
  DELETED,
  type Neighbour,
  proveAbsence,
  type StateEntry,
  stateLeaf,
  valueHash,
  verifyAbsence,
  writeLeaf,
} from './state-tree.ts'
export {
  type BalanceContent,
  type EntryContent,
  parseBalance,
  parseEntry,
  type Statement,
  type StatementFault,
  type StatementPart,
  statementFault,
} from './statement.ts'
export type {
  ActSummary,
  EvidenceSummary,
  OpenedSummary,
  StatementCell,
  StatementRow,
} from './summary.ts'
export {
  eventLeaf,
  type KeySignature,
  MAX_BODY_BYTES,
  type PasskeySignature,
  parseBody,
  passkeyFingerprint,
  type ResolvedSigner,
  resultLeaf,
  type SignatureObject,
  signedMessage,
  type TransactionBody,
  type TransactionResult,
  transactionId,
  transactionLeaf,
} from './transaction.ts'
export {
  type Consistency,
  consistencyPath,
  consistencyPathFrom,
  EMPTY_ROOT,
  type Inclusion,
  inclusionPath,
  inclusionPathFrom,
  leafHash,
  type MerkleTree,
  merkleTree,
  type NodeReader,
  nodeHash,
  rootFrom,
  rootOfHashes,
  rootOfPath,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts'
export type { OnlineStatus, Reader, SavedHead, TrustedChain } from './trust.ts'
export type { UnusualText } from './unusual-texts.ts'
export {
  type Check,
  type Verdict,
  type Verification,
  verdictOf,
  verifyEvidence,
} from './verify-evidence.ts'
