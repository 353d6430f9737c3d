/** What the command line takes from the node beside its index: one place, so that its arrow is easy to see. */
export { draftColumns } from '../../node/src/drafts/draft-columns.ts'
export type { MadeEvidence } from '../../node/src/evidence/assemble-evidence.ts'
export { makeLineEvidence } from '../../node/src/evidence/line-evidence.ts'
export { makeReadEvidence } from '../../node/src/evidence/read-evidence.ts'
export { makeRuleEvidence } from '../../node/src/evidence/rule-evidence.ts'
export { pinOf } from '../../node/src/evidence/save-evidence.ts'
export { makeStepEvidence } from '../../node/src/evidence/step-evidence.ts'
export { writeTemplate } from '../../node/src/files/write-template.ts'
export { type KeyStore, openKeyStore } from '../../node/src/keys/key-store.ts'
export {
  demonstrationPassphrases,
  passphrasesOfCredentials,
} from '../../node/src/keys/passphrase.ts'
