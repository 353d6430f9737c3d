export { type Action, action } from './action.ts'
export { type AnyCollection, type Collection, collection, type IndexKeys } from './collection.ts'
export type { Context } from './context.ts'
export type { Contracts, LedgerParameters } from './contracts.ts'
export { type KeyPart, keyParts } from './key.ts'
export { type Query, type QueryView, query, type Reader } from './query.ts'
export { type Refusal, Refused } from './refusal.ts'
export type {
  RegisteredKey,
  Signer,
  SignerFault,
  SignerKind,
  SignerResolution,
} from './signer.ts'
export type { CollectionState, CollectionView, Range, StateView } from './state-view.ts'
