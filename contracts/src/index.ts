/**
 * The rule books of the consortium: contracts of protocol 1, the language of services, values with
 * one spelling.
 */

// Access
export { type Appetite, appetiteOf, type CountedRead } from './access/appetite.ts'
export { checkRelease, type ReleaseCheck, type ReleaseFault } from './access/check-release.ts'
export {
  type ErasedRecord,
  type Erasure,
  type ErasurePart,
  erasures,
  missingOf,
  type Tombstone,
  tombstones,
} from './access/erasure-records.ts'
export { findTombstone, isErased } from './access/erasures.ts'
export { findGrantChain, findStandingFault, isHolder } from './access/grant-state.ts'
export { findGrant } from './access/grants.ts'
export { type HandOver, handOvers } from './access/hand-over-records.ts'
export { findHandOver } from './access/hand-overs.ts'
export { noticeHash, noticeKey } from './access/issue-entry.ts'
export { MANDATE_REGISTER, WINDOW } from './access/issue-signer.ts'
export { type Objection, objections } from './access/objection-records.ts'
export { findPanel, type OpenedPanel } from './access/open-panels.ts'
export { DATA_STEWARD, grantsBelow } from './access/owner-grants.ts'
export {
  MOST_RELEASERS,
  type Panel,
  type PanelShare,
  type PanelTerms,
  panels,
  type ShareRelease,
  shareReleases,
} from './access/panel-records.ts'
export { type Answer, answerDigest, answerQuestion, findDigest } from './access/questions.ts'
export { coversCase, coversWholeBatch } from './access/read-cover.ts'
export { findQuestion } from './access/read-fields.ts'
export {
  batches,
  type Grant,
  type GrantKind,
  type GrantQuestion,
  grants,
  type IssuedTerms,
  type Read,
  type ReadItem,
  reads,
  type SealedBatch,
  type SealedSection,
  sections,
} from './access/records.ts'
export type { AccessRefusal, ReadRefusal } from './access/refusals.ts'
export { findBatch, findSection } from './access/sections.ts'
// Cases: determinations as members compute them alike, worked examples
export {
  type ComputedDetermination,
  computeDetermination,
  type DeterminationGiven,
  type DeterminationRow,
  ROW_OK,
  type RowResult,
} from './cases/determination.ts'
export { DeterminationFailed } from './cases/determination-failed.ts'
export type { DeterminationInputs, SubledgerFacts } from './cases/determination-inputs.ts'
export type { SubledgerGiven } from './cases/determination-subledger.ts'
export type { ExampleFailure } from './cases/example/example-expectation.ts'
export { findFieldFault, toFeel } from './cases/field-values.ts'
export { BATCH_ROWS, LEAST_PUBLIC_ROWS } from './cases/limits.ts'
export { playCaseExamples } from './cases/play-case-examples.ts'
export { type ExampleLogLine, type ExamplePlay, playExample } from './cases/play-example.ts'
export { type Case, cases, type Step, steps } from './cases/records.ts'
export { findRowFault, type PreparedCheck, prepareCheck, RowScope } from './cases/row-check.ts'
// Packages: build, check, compare, publish, look up
export { calendarOf, calendarOfDays, type PublishedCalendar } from './catalogue/calendar.ts'
export {
  clauseHash,
  packageBytes,
  packageHash,
  ruleContent,
  ruleHash,
  sectionContent,
  sectionHash,
} from './catalogue/catalogue-hash.ts'
export { checkPackage, hasErrors } from './catalogue/check/check-package.ts'
export type { CheckOptions } from './catalogue/check/package-names.ts'
export type { Problem } from './catalogue/check/problem.ts'
export { comparePackages, type PackageChange } from './catalogue/comparison.ts'
export {
  type CompiledPackage,
  type CompiledSection,
  compilePackage,
  type PackageRule,
  serviceOf,
} from './catalogue/compiled-package.ts'
export {
  dataSetHash,
  findDataSetFaults,
  findDataSetLoosenings,
} from './catalogue/data-set-checks.ts'
export { type DataSet, DataSetContent, type ListedSection } from './catalogue/data-set-records.ts'
export { dataSetsOfSection, findDataSet } from './catalogue/data-sets.ts'
export {
  describeRule,
  type EntryField,
  type EntryParameter,
  type EntryStep,
  type RuleEntry,
} from './catalogue/describe-rule.ts'
export {
  type ExamplePlayer,
  packageCalendar,
  packageParameters,
  runRuleExamples,
} from './catalogue/examples.ts'
export { findLoosenings, type Loosening } from './catalogue/loosening.ts'
// The language of services
export type {
  AlertDefinition,
  Bilingual,
  CaseExample,
  ChartAccount,
  ChartDefinition,
  Check,
  Clause,
  Clock,
  Compute,
  DeterminationDefinition,
  Duration,
  Effect,
  ExampleAct,
  Field,
  FieldType,
  FormDefinition,
  Outcome,
  PackageDocument,
  ParameterValue,
  PartyDefinition,
  PostLine,
  PublicFieldType,
  RegisterDefinition,
  RowDefinition,
  RuleExample,
  SectionDefinition,
  ServiceDefinition,
  StepDefinition,
  SubledgerLine,
  Wait,
} from './catalogue/package-document.ts'
export {
  findPackageRecord,
  findSectionEntry,
  getPackage,
  getRule,
  newestPublication,
  packageInForce,
  ruleInForce,
} from './catalogue/packages.ts'
export {
  findParameter,
  publishedParameters,
  WHOLE_COUNTRY,
} from './catalogue/parameters.ts'
export { PACKAGE_BYTES } from './catalogue/propose-package.ts'
export { PART_BYTES } from './catalogue/put-part.ts'
export type { PackageRecord, RuleRecord, SectionRecord } from './catalogue/records.ts'
export type { CatalogueRefusal } from './catalogue/refusals.ts'
export { residuePlaces } from './funds/exact.ts'
// Funds: sub-ledgers as owners and those who agree compute them
export {
  type AccountBalance,
  type AccountEntry,
  type AccountLine,
  type AppliedLines,
  applyLines,
  type EntryLine,
  emptyAccount,
  type PartBalance,
  type Scale,
  totalsOf,
} from './funds/subledger.ts'
export {
  balanceContent,
  entryContent,
  readBalance,
  readEntry,
  SubledgerContentRefused,
} from './funds/subledger-content.ts'
export {
  EMPTY_TREE,
  type SealedLeaf,
  type SubledgerTree,
  type SubledgerTreeKind,
  subledgerLeaf,
  subledgerTree,
} from './funds/subledger-trees.ts'
// Assembly
export { type Genesis, GenesisDocument } from './genesis-document.ts'
export type { Proposal, Quorum, Subject, Vote } from './governance/records.ts'
export type { GovernanceRefusal } from './governance/refusals.ts'
export { SETTING_RULES, type SettingRule } from './governance/settings.ts'
// Membership and governance
export type { FoundingCertificate, NewMember } from './membership/admission.ts'
export {
  findEncryptionKey,
  findMember,
  hasRole,
  isActiveMember,
  membersWithRole,
  type RefusingView,
  votingMembers,
} from './membership/members.ts'
export {
  type EncryptionKey,
  encryptionKeys,
  type Keyholder,
  type Member,
  members,
} from './membership/records.ts'
export type { MembershipRefusal } from './membership/refusals.ts'
export { ADMINISTRATOR, GOVERNANCE } from './membership/roles.ts'
export { type ContractsOptions, createContracts, PROTOCOL } from './protocol.ts'
// Registers
export { entryVersionSubject, findEntry } from './registers/entries.ts'
export { type Entry, type EntrySection, type EntryVersion, entries } from './registers/records.ts'
// Supervision: warrants
export { type Warrant, type WarrantScope, warrants } from './supervision/records.ts'
export type { SupervisionRefusal } from './supervision/refusals.ts'
export { SUPERVISION } from './supervision/warrant-state.ts'
// Values with one spelling
export {
  addDays,
  addMonths,
  dayOfWeek,
  endOfDay,
  isCivilDate,
  isMonth,
  legalDay,
  startOfDay,
} from './vocabulary/civil-date.ts'
export { addDuration, type DurationTerm, deadlineAfter } from './vocabulary/duration.ts'
export { type Fen, fenFromYuan, isMoney, yuanFromFen } from './vocabulary/money.ts'
export { isDecimal, type Scaled, scaledFromText, scaledToText } from './vocabulary/scaled.ts'
export type { PublicJson } from './vocabulary/schemas.ts'
export {
  camelOfKebab,
  isCamelName,
  isClauseId,
  isCode,
  isKebabName,
  isMemberId,
} from './vocabulary/spelling.ts'
export {
  addWorkingDays,
  type CalendarMark,
  PLAIN_CALENDAR,
  type WorkingCalendar,
  workingCalendar,
  workingDayOnOrAfter,
} from './vocabulary/working-calendar.ts'
