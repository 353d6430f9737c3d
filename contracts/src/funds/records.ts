import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  CivilDate,
  Code,
  ContractId,
  Count,
  Decimal,
  Digest,
  EntryKey,
  HolderName,
  Instant,
  KebabName,
  MapOf,
  MemberId,
  Money,
  Nullable,
} from '../vocabulary/schemas.ts'

/** Account number of a chart, for example `1001`, `1101.2`, `U1`. */
export const AccountNo = Type.String({ minLength: 1, maxLength: 16, description: 'an account' })

/** Root of a tree and its number of leaves; the size of a proof comes from here. */
export const TreeHead = Type.Object({ root: Digest, count: Count })
export type TreeHead = Readonly<Static<typeof TreeHead>>

/** Per control account of the chart: Σ cost in yuan, Σ units at the book's places. */
export const ControlTotals = MapOf(Type.Object({ cost: Money, units: Decimal }), 20)
export type ControlTotals = Static<typeof ControlTotals>

/** What the chain holds of one sub-ledger posting (ledger-bytes section 13). */
export const SubledgerPosting = Type.Object({
  entries: TreeHead,
  balances: TreeHead,
  delta: ControlTotals,
  sum: ControlTotals,
  /** Σ of the entries' residues, exact at unit places + nav places. */
  residue: Decimal,
  /** The sub-ledger's newest journal before this one. */
  previous: Nullable(ContractId),
})
export type SubledgerPosting = Static<typeof SubledgerPosting>

/** Where a sub-ledger stands: what the next posting must start from. */
export const SubledgerHead = Type.Object({
  owner: MemberId,
  /** Id that the next posting will have: its entries name it before its transaction exists. */
  next: ContractId,
  previous: Nullable(ContractId),
  balances: TreeHead,
  sum: ControlTotals,
  postings: Count,
})
export type SubledgerHead = Static<typeof SubledgerHead>

/** One set of accounts, for example of one annuity plan. */
export const Book = Type.Object({
  v: Type.Literal(1),
  /** Key of the register entry that the books are of. */
  book: EntryKey,
  chart: Type.Object({ package: Digest, name: KebabName }),
  unitPlaces: Type.Integer({ minimum: 0, maximum: 8 }),
  navPlaces: Type.Integer({ minimum: 0, maximum: 8 }),
  /** Tells credits on the book's bank accounts, beside the tellers that expectations name. */
  custodian: Nullable(MemberId),
  opened: Type.Object({ case: Nullable(CaseId), at: Instant }),
  /** Journals so far; the next one's `seq` is one more. */
  journals: Count,
  /** Residue register: Σ residue − whole fen paid out of it; exact, may be negative. */
  carried: Decimal,
  subledger: Nullable(SubledgerHead),
})
export type Book = Static<typeof Book>
export const books = collection('funds/book', { key: EntryKey, value: Book })

/** The chart as published when the book was opened under it; a later package never changes it. */
export const Chart = Type.Object({
  v: Type.Literal(1),
  accounts: Type.Array(
    Type.Object({
      no: AccountNo,
      name: Type.String({ minLength: 1, maxLength: 64 }),
      side: Type.Union([Type.Literal('debit'), Type.Literal('credit'), Type.Literal('either')]),
      measure: Type.Union([Type.Literal('fen'), Type.Literal('units')]),
      neverNegative: Type.Boolean(),
    }),
    { maxItems: 200 },
  ),
  equalities: Type.Array(
    Type.Object({ left: Type.Array(AccountNo), right: Type.Array(AccountNo) }),
    { maxItems: 50 },
  ),
  subledger: Nullable(Type.Object({ cost: Type.Array(AccountNo), units: AccountNo })),
  /** Where money of unknown purpose is booked. */
  suspense: Nullable(Type.Object({ debit: AccountNo, credit: AccountNo })),
})
export type Chart = Static<typeof Chart>
/** Key: hash of the package, name of the chart in it. */
export const charts = collection('funds/chart', {
  key: Type.Tuple([Digest, KebabName]),
  value: Chart,
})

/** Balance of one account on its own side (`either`: credit positive). Key: book, account. */
export const balances = collection('funds/balance', {
  key: Type.Tuple([EntryKey, AccountNo]),
  value: Type.Object({ v: Type.Literal(1), amount: Decimal }),
})

/** Name of a `post`, `expect` or `pay` effect: the package's word, as it spells it. */
const EffectName = Type.String({ minLength: 1, maxLength: 96 })

const Line = Type.Object({
  side: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
  account: AccountNo,
  /** Yuan with two places, or units at the book's places. */
  amount: Decimal,
})
export type Line = Static<typeof Line>

/** One posting: balanced in fen and in units, never changed afterwards. */
export const Journal = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  book: EntryKey,
  /** 1, 2, … in the book. */
  seq: Count,
  /** For example `contribution`. */
  kind: EffectName,
  case: Nullable(CaseId),
  step: Nullable(KebabName),
  at: Instant,
  fen: Type.Array(Line, { maxItems: 400 }),
  units: Type.Array(Line, { maxItems: 400 }),
  subledger: Nullable(SubledgerPosting),
})
export type Journal = Static<typeof Journal>
export const journals = collection('funds/journal', {
  key: ContractId,
  value: Journal,
  indexes: {
    byBook: (journal) => [journal.book, journal.seq],
    byCase: (journal) =>
      journal.case === null ? undefined : [journal.case, journal.at, journal.book, journal.seq],
    postings: (journal) => (journal.subledger === null ? undefined : [journal.book, journal.seq]),
  },
})

/** A name in a case and which time it is asked for: what makes an expectation or payment one. */
const Occasion = { case: CaseId, name: EffectName, occasion: Type.Integer({ minimum: 1 }) }

export const ExpectationState = Type.Union([
  Type.Literal('expected'),
  Type.Literal('arrived'),
  Type.Literal('short'),
  Type.Literal('over'),
  Type.Literal('cancelled'),
])
export type ExpectationState = Static<typeof ExpectationState>

/** Money that a custodian or bank is told to wait for; nobody's book money yet. */
export const Expectation = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  ...Occasion,
  book: Nullable(EntryKey),
  /** Member that will tell the arrival. */
  by: MemberId,
  /** Register entry that stands for the bank account; its number is sealed there. */
  account: EntryKey,
  amount: Money,
  arrived: Money,
  /** Value date of the newest credit. */
  arrivedOn: Nullable(CivilDate),
  state: ExpectationState,
  credits: Count,
  at: Instant,
})
export type Expectation = Static<typeof Expectation>
export const expectations = collection('funds/expectation', {
  key: ContractId,
  value: Expectation,
  indexes: {
    byCase: (expectation) => [expectation.case, expectation.name, expectation.occasion],
    byTeller: ({ by, account, at, id }) => [by, account, at, id],
    byTime: ({ at, id }) => [at, id],
  },
})

/** Unique entry key of a bank statement: a keyed digest of the bank's reference. */
export const EntryReference = HolderName

/** Whether nobody has placed this money yet. */
export function isUnknown({ expectation, suspense }: Credit): boolean {
  return expectation === null && suspense?.release === null
}

/** One credit of a bank statement. Key: the member that told it, its unique entry key. */
export const Credit = Type.Object({
  v: Type.Literal(1),
  by: MemberId,
  entry: EntryReference,
  account: EntryKey,
  amount: Money,
  valueDate: CivilDate,
  /** The expectation it answers; null while nobody knows what the money is for. */
  expectation: Nullable(ContractId),
  /** Where and how money of unknown purpose was booked; `release` undid it. */
  suspense: Nullable(
    Type.Object({ book: EntryKey, journal: ContractId, release: Nullable(ContractId) }),
  ),
  at: Instant,
})
export type Credit = Static<typeof Credit>
export const credits = collection('funds/credit', {
  key: Type.Tuple([MemberId, EntryReference]),
  value: Credit,
  indexes: {
    unknown: (credit) => (isUnknown(credit) ? [credit.at, credit.by, credit.entry] : undefined),
    byExpectation: (credit) =>
      credit.expectation === null ? undefined : [credit.expectation, credit.at, credit.entry],
  },
})

export const PaymentState = Type.Union([
  Type.Literal('ordered'),
  Type.Literal('sent'),
  Type.Literal('accepted'),
  Type.Literal('settled'),
  Type.Literal('rejected'),
  Type.Literal('returned'),
])
export type PaymentState = Static<typeof PaymentState>

/** What was told about a payment, in order. */
export const PaymentTurn = Type.Object({
  attempt: Type.Integer({ minimum: 1 }),
  state: PaymentState,
  at: Instant,
  by: MemberId,
  entry: Nullable(EntryReference),
  /** ISO 20022 external reason code. */
  reason: Nullable(Code),
  on: Nullable(CivilDate),
})
export type PaymentTurn = Static<typeof PaymentTurn>

/** One order to a bank; its id is the payment key and reaches the bank unchanged, also re-sent. */
export const Payment = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  ...Occasion,
  book: Nullable(EntryKey),
  /** Member that orders the payment; it and `tellers` tell what became of it. */
  by: MemberId,
  tellers: Type.Array(MemberId, { maxItems: 8 }),
  /** Register entries that stand for bank accounts; never account numbers. */
  from: EntryKey,
  to: EntryKey,
  amount: Money,
  state: PaymentState,
  /** 1, and one more each time a rejected or returned order is made again. */
  attempt: Type.Integer({ minimum: 1 }),
  history: Type.Array(PaymentTurn, { maxItems: 200 }),
})
export type Payment = Static<typeof Payment>
export const payments = collection('funds/payment', {
  key: ContractId,
  value: Payment,
  indexes: {
    byCase: (payment) => [payment.case, payment.name, payment.occasion],
    /** Of the member that ordered it and of each that tells about it. */
    byMember: ({ by, tellers, state, id }) => ({
      many: [...new Set([by, ...tellers])].map((member) => [member, state, id]),
    }),
    byState: ({ state, id }) => [state, id],
  },
})

/** A sub-ledger that went to another owner, whole and unchanged. Key: book, 1, 2, … */
export const HandOver = Type.Object({
  v: Type.Literal(1),
  book: EntryKey,
  from: MemberId,
  to: MemberId,
  /** The newest journal of both: none lies between the two balances roots. */
  journal: Nullable(ContractId),
  before: TreeHead,
  /** The same contents, sealed anew by the new owner. */
  after: TreeHead,
  case: Nullable(CaseId),
  at: Instant,
})
export type HandOver = Static<typeof HandOver>
export const handOvers = collection('funds/hand-over', {
  key: Type.Tuple([EntryKey, Type.Integer({ minimum: 1 })]),
  value: HandOver,
})
