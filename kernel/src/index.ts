/** Says what a contract is, and executes one transaction on a state view. Touches nothing. */
export { type Action, action } from './action.ts'
export { type Answer, answerQuery, type QueryPlace } from './answer.ts'
export { CHECKPOINT_ACTION, ledgerCheckpoint } from './checkpoint.ts'
export { closedSchema } from './closed-schema.ts'
export { type AnyCollection, type Collection, collection, type IndexKeys } from './collection.ts'
export { stateViewOf } from './collection-access.ts'
export type { Context } from './context.ts'
export type { Contracts, LedgerParameters } from './contracts.ts'
export {
  type Call,
  type Execution,
  type ExecutionPlace,
  executeGenesis,
  executeTransaction,
  findAction,
  newIdOf,
  onContractFault,
} from './execution.ts'
export {
  type CutTransaction,
  cutTransaction,
  frameBundle,
  frameTransaction,
  signTransaction,
  splitBundle,
} from './framing.ts'
export {
  type Countersigner,
  type Inclusion,
  type InclusionCode,
  type InclusionWorld,
  judgeInclusion,
  type ResolvedTransaction,
  signatureHolds,
} from './inclusion.ts'
export {
  decodeKey,
  decodeParts,
  encodeKey,
  encodeParts,
  endOfParts,
  type KeyPart,
  type KeyText,
  keyBytes,
  keyParts,
  keyTextOf,
} from './key.ts'
export { LIMITS } from './limits.ts'
export type { Mismatch } from './mismatch.ts'
export { isActionName, isChainId, isCode, isName } from './names.ts'
export { EMPTY_MAP, LayeredMap, type OrderedMap } from './ordered-map.ts'
export { type Query, type QueryView, query, type Reader } from './query.ts'
export {
  Amendment,
  Authority,
  amendments,
  authorities,
  Certificate,
  certificates,
  SpentNonce,
  spentNonces,
} from './records.ts'
export { type Refusal, Refused } from './refusal.ts'
export { resultBytes } from './result.ts'
export type {
  RegisteredKey,
  Signer,
  SignerFault,
  SignerKind,
  SignerResolution,
} from './signer.ts'
export {
  EMPTY_STATE,
  indexEntries,
  StateLayer,
  type StateSource,
  StoreFault,
} from './state-source.ts'
export type { CollectionState, CollectionView, Range, StateView } from './state-view.ts'
export {
  type FramedTransaction,
  makeBody,
  readTransaction,
  signBody,
  signedMessage,
  type Transaction,
  type TransactionBody,
  type TransactionRefused,
  type TransactionSignature,
} from './transaction.ts'
export { findInputFault, isOfShape } from './validation.ts'
