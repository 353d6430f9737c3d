import { collection, type IndexKeys } from '@renshe/kernel'
import { type Static, Type } from 'typebox'

const CaseId = Type.String({ minLength: 26, maxLength: 26 })
const Member = Type.String({ minLength: 3, maxLength: 32 })
const Hex64 = Type.String({ minLength: 64, maxLength: 64 })
const RecordId = Type.String({ minLength: 32, maxLength: 32 })
const Name = Type.String({ minLength: 1, maxLength: 64 })
const KeyText = Type.String({ minLength: 1, maxLength: 128 })
const Day = Type.String({ minLength: 10, maxLength: 10 })
const Instant = Type.Integer({ minimum: 0 })
const Count = Type.Integer({ minimum: 0 })
const Text = Type.String({ maxLength: 64 })
const orNull = <const S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()])

/** Public values by name, in the spelling of their types. */
const Values = Type.Record(Type.String(), Type.Unknown())

/** Who signed: an officer, a system or a subject of a member, and with which transaction. */
export const Hand = Type.Object({
  member: Member,
  name: Type.String({ minLength: 1, maxLength: 128 }),
  txId: Hex64,
  at: Instant,
})
export type Hand = Static<typeof Hand>

/** Control totals of a batch, as committed: name → money, units or integer. */
export const BatchFacts = Type.Object({
  root: Hex64,
  count: Count,
  totals: Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 40 }), Type.Integer()])),
})
export type BatchFacts = Static<typeof BatchFacts>

/** Which step brought the newest batch or record of a section, and who owns it. */
const SealedBatch = Type.Object({ step: Count, owner: Member, ...BatchFacts.properties })
const SealedSection = Type.Object({
  step: Count,
  owner: Member,
  record: RecordId,
  level: Type.Integer({ minimum: 2, maximum: 4 }),
  commitment: Hex64,
})

const Entry = Type.Object({ register: Name, key: KeyText })

/** One service case 办件: which published package runs it, for whom, and where it stands. */
export const Case = Type.Object({
  v: Type.Literal(1),
  id: CaseId,
  service: Name,
  /** Content hash of the package; with `lawDate` and `lock` it never changes. */
  package: Hex64,
  lawDate: Day,
  region: Text,
  /** Rule id → content hash, package name → content hash, as resolved at the opening. */
  lock: Type.Object({
    rules: Type.Record(Type.String(), Hex64),
    packages: Type.Record(Type.String(), Hex64),
  }),
  /** `OPEN`, or the status that an outcome, a withdrawal or a parent ended it with. */
  status: Text,
  opener: Hand,
  openedAt: Instant,
  endedAt: orNull(Instant),
  parent: orNull(Type.Object({ case: CaseId, as: Name })),
  children: Type.Record(Type.String(), CaseId),
  /** Party → member, list of members (`many`), or null while unbound. */
  parties: Type.Record(
    Type.String(),
    Type.Union([Member, Type.Array(Member, { maxItems: 100 }), Type.Null()]),
  ),
  references: Type.Record(Type.String(), orNull(Entry)),
  /** Fields and computed values of the opening. */
  values: Values,
  /** Section → newest batch, newest sealed record. */
  batches: Type.Record(Type.String(), SealedBatch),
  sealed: Type.Record(Type.String(), SealedSection),
  /** Name of an `expect` or `pay` → id of the newest. */
  expectations: Type.Record(Type.String(), Name),
  payments: Type.Record(Type.String(), Name),
  unique: orNull(Type.String({ maxLength: 128 })),
  notices: Type.Array(
    Type.Object({ name: Name, to: Type.Array(Name), at: Instant, until: orNull(Instant) }),
    { maxItems: 100 },
  ),
  /** Steps opened so far: the next one's number. */
  steps: Count,
  /** Steps done so far: orders their values. */
  done: Count,
})
export type Case = Static<typeof Case>

/** The status of a case that still runs. */
export const OPEN = 'OPEN'
/** The status of a withdrawn case; `unique` is free again. */
export const WITHDRAWN = 'WITHDRAWN'

/** `cases/case`, key: id of the case. */
export const cases = collection('cases/case', {
  key: CaseId,
  value: Case,
  indexes: {
    byService: (c) => [c.service, c.openedAt, c.id],
    byMember: (c) => ({ many: membersOf(c).map((member) => [member, c.openedAt, c.id]) }),
    byReference: (c) => ({
      many: referencedBy(c).map((e) => [e.register, e.key, c.status === OPEN ? 0 : 1, c.id]),
    }),
    byParent: (c) => (c.parent === null ? undefined : [c.parent.case, c.id]),
  },
})

/** Every member that takes part, ascending, each once; the opener too. */
export function membersOf(serviceCase: Case): string[] {
  const members = new Set<string>([serviceCase.opener.member])
  for (const bound of Object.values(serviceCase.parties)) {
    for (const member of bound === null ? [] : typeof bound === 'string' ? [bound] : bound) {
      members.add(member)
    }
  }
  return [...members].sort()
}

function referencedBy(serviceCase: Case): { register: string; key: string }[] {
  const entries = new Map<string, { register: string; key: string }>()
  for (const entry of Object.values(serviceCase.references)) {
    if (entry !== null) entries.set(`${entry.register}/${entry.key}`, entry)
  }
  return [...entries.values()]
}

/** Where a clock of an open step stands. Instants are the last one inside the period. */
export const StepClock = Type.Object({
  name: Name,
  kind: Type.Union([Type.Literal('within'), Type.Literal('lasts'), Type.Literal('from')]),
  startsOn: Day,
  /** End of the promised period, null without a promise. */
  promisedUntil: orNull(Instant),
  until: orNull(Instant),
  /** How many of its moments (promise, limit) have been lapsed. */
  lapsed: Count,
})
export type StepClock = Static<typeof StepClock>

/** What a waiting step waits for. */
export const StepWait = Type.Union([
  Type.Object({ kind: Type.Literal('payment'), id: Name }),
  Type.Object({ kind: Type.Literal('settlement'), id: Name }),
  Type.Object({ kind: Type.Literal('register'), register: Name, key: KeyText }),
  Type.Object({ kind: Type.Literal('case'), case: CaseId }),
  Type.Object({ kind: Type.Literal('until'), at: Instant }),
])
export type StepWait = Static<typeof StepWait>

/** One signature of a joint act: only equal outcome and fields count together. */
const Signature = Type.Object({ ...Hand.properties, outcome: orNull(Name), fields: Values })

const TreeHead = Type.Object({ root: Hex64, count: Count })

/** What one member computed over the sealed rows; equal ones of different members match. */
export const Submission = Type.Object({
  ...Hand.properties,
  /** Digest of the canonical JSON of inputs, outputs, outcomes, sub-ledger and trace. */
  digest: Hex64,
  inputs: Values,
  outputs: Values,
  outcomes: TreeHead,
  subledger: orNull(Values),
  trace: Hex64,
})
export type Submission = Static<typeof Submission>

const StepStatus = Type.Union([
  Type.Literal('open'),
  Type.Literal('waiting'),
  Type.Literal('disputed'),
  Type.Literal('done'),
  Type.Literal('cancelled'),
])
export type StepStatus = Static<typeof StepStatus>

/** One opening of one step 环节 (one of several, for an `each` step), from its opening to its outcome. */
export const Step = Type.Object({
  v: Type.Literal(1),
  case: CaseId,
  n: Count,
  step: Name,
  /** From 1; rises when a correction opens the step again. */
  round: Type.Integer({ minimum: 1 }),
  status: StepStatus,
  /** The one member that owes the next move; of a finished step, that owed the last. */
  holder: Member,
  party: Name,
  /** Every member that may still act, the holder first; empty when finished or nobody needs to. */
  awaits: Type.Array(Member, { maxItems: 200 }),
  openedAt: Instant,
  /** Number of the step that led here, null from the opening. */
  openedBy: orNull(Count),
  clocks: Type.Array(StepClock, { maxItems: 20 }),
  /** Last instant of the earliest limit or promise still running; null: it has none. */
  dueAt: orNull(Instant),
  /** After this instant `lapseStep` has something to do; null: never. */
  lapsesAfter: orNull(Instant),
  wait: orNull(StepWait),
  signatures: Type.Array(Signature, { maxItems: 200 }),
  submissions: Type.Array(Submission, { maxItems: 16 }),
  /** Names in which the submissions of a disputed step differ. */
  differs: Type.Array(Type.String({ maxLength: 128 }), { maxItems: 100 }),
  batch: orNull(Type.Object({ section: Name, ...BatchFacts.properties })),
  record: orNull(
    Type.Object({
      record: RecordId,
      owner: Member,
      sections: Type.Array(Type.Object({ name: Name, level: Count, commitment: Hex64 })),
    }),
  ),
  /** Fields, computed values and what a wait or determination brought, when done. */
  values: Values,
  /** Rules that made values: which version, and the digest of the trace. */
  rules: Type.Array(Type.Object({ name: Name, rule: Name, hash: Hex64, trace: Hex64 })),
  outcome: orNull(Name),
  /** How it ended: acts of people, time, an event, or a case that ended around it. */
  endedBy: orNull(
    Type.Object({
      by: Type.Union([
        Type.Literal('act'),
        Type.Literal('determination'),
        Type.Literal('wait'),
        Type.Literal('lapse'),
        Type.Literal('join'),
        Type.Literal('end'),
      ]),
      ...Hand.properties,
    }),
  ),
  /** Place in the order in which steps were done; null while not done. */
  order: orNull(Count),
})
export type Step = Static<typeof Step>

/** Sorts after every due date: steps without one come last in a queue. */
export const NEVER = Number.MAX_SAFE_INTEGER

/** `cases/step`, key (case, number): every opening of every step. */
export const steps = collection('cases/step', {
  key: Type.Tuple([CaseId, Count]),
  value: Step,
  indexes: {
    /** The work queue: awaited member, due instant, case, number. */
    byHolder: (s) => ({
      many: s.awaits.map((member) => [member, s.dueAt ?? NEVER, s.case, s.n]),
    }),
    byWait: (s) => waitKeys(s),
    byLapse: (s) =>
      s.lapsesAfter === null || isOver(s) ? undefined : [s.lapsesAfter, s.case, s.n],
  },
})

/** Whether nothing can happen to the step any more. */
export function isOver(step: Step): boolean {
  return step.status === 'done' || step.status === 'cancelled'
}

function waitKeys(step: Step): IndexKeys {
  const { wait } = step
  if (wait === null || step.status !== 'waiting') return undefined
  switch (wait.kind) {
    case 'payment':
    case 'settlement':
      return [wait.kind, wait.id, step.case, step.n]
    case 'register':
      return [wait.kind, wait.register, wait.key, step.case, step.n]
    case 'case':
      return [wait.kind, wait.case, step.case, step.n]
    case 'until':
      return [wait.kind, wait.at, step.case, step.n]
  }
}

/** `cases/unique`, key (service, value of `unique`): the case that holds it. Withdrawing frees it. */
export const uniques = collection('cases/unique', {
  key: Type.Tuple([Name, Type.String({ minLength: 1, maxLength: 128 })]),
  value: Type.Object({ v: Type.Literal(1), case: CaseId }),
})
