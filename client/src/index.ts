/** Calls a node: typed, recomputes before it signs, verifies what it receives. In Node and browsers. */

export { type ClientSettings, NodeRefused } from './calls.ts'
export { checkDetermination, type MeantDetermination } from './check-determination.ts'
export {
  checkOpened,
  type OpenedItem,
  OpenedRefused,
  type RegisteredItems,
  type VerifiedItem,
} from './check-opened.ts'
export { checkPlace, type PlaceProof, PlaceRefused, type VerifiedPlace } from './check-place.ts'
export { checkPrepared, type MeantAct } from './check-prepared.ts'
export {
  type ActDone,
  Client,
  type DeterminationDone,
  type ReadDone,
  type SealingProgress,
  type SectionsToRead,
  type StatementAsked,
} from './client.ts'
export type { DeterminationPrepared, PreparedDetermination } from './determination.ts'
export type { ActionInputs, Queries } from './operations.gen.ts'
export {
  type ActPrepared,
  type CheckedOpenings,
  type PreparedAct,
  PreparedRefused,
  type SealedContent,
  type SpelledOpening,
} from './prepared.ts'
export {
  type PackageToSay,
  type SaidPrepared,
  type SaidTotal,
  sayPrepared,
} from './say-prepared.ts'
export { type ClientSigner, webCryptoSigner } from './signer.ts'
export type { DraftPlace, Uploaded, UploadOptions, UploadProgress } from './upload.ts'
