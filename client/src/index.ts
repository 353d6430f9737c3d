/** Calls a node: typed, recomputes before it signs, verifies what it receives. In Node and browsers. */

export { checkPrepared, type MeantAct } from './check-prepared.ts'
export { type ActDone, Client, type ClientSettings, NodeRefused } from './client.ts'
export type { ActionInputs, Queries } from './operations.gen.ts'
export {
  type PreparedAct,
  PreparedRefused,
  type SealedContent,
  type SpelledOpening,
} from './prepared.ts'
export { type ClientSigner, webCryptoSigner } from './signer.ts'
