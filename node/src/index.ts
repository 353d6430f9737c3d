/** The server of a member: wires contracts, ledger, vault, connectors and people together. */

// API
export {
  type Account,
  makeAccount,
  type PersonAccount,
  readAccounts,
  sampleAccounts,
} from './api/accounts.ts'
export { type ApiSettings, createApi, type TlsSettings } from './api/create-api.ts'
export { type LogLine, logLine, type SecurityEvent } from './api/log-line.ts'
export { absent, ProblemThrown } from './api/problem.ts'
export {
  API_BASE,
  type ApiParts,
  type ApiRoute,
  type Call,
  everyone,
  type Reply,
  sessionOf,
  signedIn,
} from './api/route.ts'
export { type Served, type ServeSettings, serve } from './api/serve.ts'
export { ownerOf, type Session } from './api/session.ts'
export {
  type BankConnector,
  openBankConnector,
} from './connectors/bank/bank-connector.ts'
export { BankFileRefused } from './connectors/bank/bank-file-refusals.ts'
export { BANK_FILE_LIMITS } from './connectors/bank/bank-message.ts'
export { accountNumber } from './connectors/bank/bookings.ts'
export type { Camt053, CamtEntry } from './connectors/bank/camt.ts'
export { lockDirectory } from './connectors/bank/directory-lock.ts'
export { type DurableJournal, openJournal } from './connectors/bank/durable-journal.ts'
export {
  listArrived,
  placeFile,
  prepareExchange,
  readArrived,
  setAside,
} from './connectors/bank/file-exchange.ts'
export {
  amountOfFen,
  decimalOfFen,
  fenOfAmount,
  fenOfDecimal,
} from './connectors/bank/iso-amount.ts'
export type { Pain001 } from './connectors/bank/pain001.ts'
export type { Pain002 } from './connectors/bank/pain002.ts'
export type { PaymentOrder } from './connectors/bank/payment-order.ts'
export { readMessage } from './connectors/bank/read-message.ts'
export { writeMessage } from './connectors/bank/write-message.ts'
export type { AddedFile, AddFileOptions } from './drafts/add-file.ts'
export type {
  ChangedPerson,
  ComparedPerson,
  ComparisonOptions,
  Listed,
  MonthComparison,
} from './drafts/compare-months.ts'
export type { BatchOptions, Draft, DraftBatch, OriginalFile } from './drafts/draft.ts'
export { draftColumns } from './drafts/draft-columns.ts'
export type { DraftFile, DraftPlace } from './drafts/draft-head.ts'
export { DRAFT_LIMITS } from './drafts/draft-limits.ts'
export { type DraftRefusal, DraftRefused } from './drafts/draft-refused.ts'
export type { DraftRow, RowProblem } from './drafts/draft-row.ts'
export type { DraftSummary } from './drafts/draft-summary.ts'
export { Drafts, type ListedDraft, type OpenDraft, tableColumns } from './drafts/drafts.ts'
export type { MadeEvidence } from './evidence/assemble-evidence.ts'
export { type EvidenceRefusalCode, EvidenceRefused } from './evidence/evidence-refused.ts'
export { makeLineEvidence, type StatementAsked } from './evidence/line-evidence.ts'
export { VaultTree } from './evidence/open-from-vault.ts'
export { makeReadEvidence } from './evidence/read-evidence.ts'
export { makeRuleEvidence } from './evidence/rule-evidence.ts'
export { pinOf, type SavedEvidence, saveEvidence } from './evidence/save-evidence.ts'
export { makeStepEvidence } from './evidence/step-evidence.ts'
export type { ColumnSpec } from './files/column-spec.ts'
export {
  DATA_SET_COLUMNS,
  type DataSetRowProblem,
  readDataSets,
  writeDataSets,
} from './files/data-set-csv.ts'
export { checkCharacterOf, faultOfPersonId } from './files/person-id.ts'
export { readTable } from './files/read-table.ts'
export { writeCsv } from './files/write-csv.ts'
export { writeTemplate } from './files/write-template.ts'
export { writeXlsx } from './files/write-xlsx.ts'
export { type DataLayout, dataLayout, type MemberLayout } from './found/data-layout.ts'
export { type ConsortiumTerms, foundConsortium } from './found/found-consortium.ts'
export {
  type FoundingFile,
  type FoundingMember,
  type FoundingOfficer,
  FoundingRefused,
  type FoundingTerms,
  foundingFileBytes,
  makeFoundingFile,
  readFoundingFile,
} from './found/founding-member.ts'
export {
  assembleGenesis,
  completeGenesis,
  type GenesisSignature,
  type GenesisTerms,
  signGenesis,
} from './found/genesis-ceremony.ts'
export {
  type BankPlace,
  type NodeFile,
  type NodeMember,
  type NoticeSource,
  readNodeFile,
  writeNodeFile,
} from './found/node-file.ts'
export { Host, type HostReport, openHost } from './host.ts'
export { type HostClock, scriptedClock, wallClock } from './host-clock.ts'
export type { HostSettings } from './host-parts.ts'
export { type KeyStore, openKeyStore } from './keys/key-store.ts'
export { demonstrationPassphrases, passphrasesOfCredentials } from './keys/passphrase.ts'
export { type Acted, type ActingAs, ActRefused, Member, type SealedContent } from './member.ts'
export { type BackupTerms, makeBackup } from './operate/backup.ts'
export {
  type BackupManifest,
  type BackupRefusalCode,
  BackupRefused,
  checkBackup,
  type FileInBackup,
  type LedgerInBackup,
} from './operate/backup-manifest.ts'
export { examineHost } from './operate/doctor.ts'
export { examineFolder, timeIn } from './operate/examine-folder.ts'
export {
  examineBackups,
  examineDisk,
  examinePeerClocks,
  examineTimeService,
  examineTls,
} from './operate/examine-machine.ts'
export {
  type ExitKit,
  type ExitKitTerms,
  type KitOfMember,
  makeExitKit,
} from './operate/exit-kit.ts'
export type { Finding, FindingCode } from './operate/finding.ts'
export {
  type LedgerOfMember,
  type RebuiltLedger,
  rebuildMember,
  verifyMember,
} from './operate/rebuild.ts'
export { type Restored, type RestoreOptions, restoreBackup } from './operate/restore.ts'
export type { MemberLedger } from './real-ledger.ts'
export type { RelayStatus } from './relays/relay-runner.ts'
export { readIssuerSettings } from './sign-in/issuer-settings.ts'
export type { IssuerSettings } from './sign-in/open-id-client.ts'
export { findPersonRows } from './vault/person-rows.ts'
