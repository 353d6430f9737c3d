// budget: one language, one page: every type of the document is read beside the others.
/**
 * The canonical form of a service package: what the author's YAML becomes, what is hashed, voted on
 * and executed. Names are kebab-case for packages, registers, rows, steps and charts, camelCase for
 * fields and values (FEEL reads them), UPPER_CASE for codes, `library.rule-name` for rules.
 *
 * Text in `is`, `when`, `unless`, `key` … is FEEL. What a FEEL text may name (its scope):
 * - inside a case: `case` {id, service, status, opener, openedOn, lawDate, region, parent}, every party by name
 *   (member id, null while unbound; a `many` party: list), every reference by name (public fields of the
 *   register entry as it is now, plus its `key`, and of its books `balances` (account number → balance) and
 *   `residueCarried`; null when there is no such entry), every public form
 *   field and computed value of the opening and of completed steps under its own name (the latest wins;
 *   not from `each` steps, whose order means nothing) and under `steps.<step>` {outcome, round, member,
 *   doneOn, …values} (an `each` step: list of these of its latest round; null before the step is done),
 *   every batch under the name of its section ({root, count, …totals}), `today` (legal day of the block),
 *   `now`; in a step also its own form fields, in the order form → compute → checks → outcome, and `round`
 *   (from 1);
 * - in a row: its columns, the values computed before, and the `with` values of the determination.
 * Kebab-case names of steps, parties, references and sections are camelCase in FEEL. A name means, first that
 * applies: `case today now steps round entry child`, own fields and values, batches, references, parties,
 * values of earlier steps.
 *
 * Canonical JSON sorts the members of objects, so their order means nothing here: whatever must be tried
 * in order is a list, and of several `when`s exactly one may be true.
 */
import type { Certainty, RuleDocument } from '@renshe/rules'

/** Chinese first, English beside it. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** One service package or library, whole: what is hashed, voted on and executed. */
export interface PackageDocument {
  readonly v: 1
  readonly kind: 'service' | 'library'
  /** For example `annuity-contribution`; unique on a chain, versions share it. */
  readonly name: string
  /** The author's label, for example `1.0.0`; the hash is the version that counts. */
  readonly version: string
  readonly title: Bilingual
  /** Body responsible for the clauses: must be among the voters of the publication. A member role. */
  readonly responsible: string
  /** First day on which cases may open under it. */
  readonly effectiveFrom: string
  /** Packages whose rules, rows, sections, registers and charts this one names. */
  readonly uses: readonly string[]
  /** Clauses that the service as a whole implements, ids of `law`. */
  readonly basis: readonly string[]
  readonly law: readonly Clause[]
  readonly parameters: readonly ParameterValue[]
  readonly rules: readonly RuleDocument[]
  readonly rows: Readonly<Record<string, RowDefinition>>
  readonly registers: Readonly<Record<string, RegisterDefinition>>
  readonly charts: Readonly<Record<string, ChartDefinition>>
  /** Rules over events, also on what did not happen, that raise alerts for supervisors. */
  readonly alerts: Readonly<Record<string, AlertDefinition>>
  readonly service: ServiceDefinition | null
  /** Every label, question, help text, refusal, notice and sign-dialog sentence, by dotted key. */
  readonly texts: {
    readonly zh: Readonly<Record<string, string>>
    readonly en: Readonly<Record<string, string>>
  }
  readonly examples: {
    readonly rules: readonly RuleExample[]
    readonly cases: readonly CaseExample[]
  }
}

/** One article as cited; `id` is `<instrument>/<article>`, as rules and checks name it. */
export interface Clause {
  readonly id: string
  readonly instrument: string
  readonly article: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly certainty: Certainty
  readonly quotation: string
  /**
   * Clauses that this one puts into other words from its first day on; each has a version that begins
   * that day.
   */
  readonly amends?: readonly string[]
  /** Clauses that this one ends: from its first day on nothing may rest on them. */
  readonly repeals?: readonly string[]
}

/** A dated number of the law. `value` is text in the spelling of its type. */
export interface ParameterValue {
  readonly parameter: string
  readonly value: string
  readonly region: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly basis: string
  /** How sure the value is; left out, it is as sure as the clause that is its basis. */
  readonly certainty?: Certainty
  /** Where the value was read, for example a notice and its page; left out, in the clause. */
  readonly source?: string
}

/** Types of values that every member of the chain may read: codes, dates, numbers, money and references. */
export type PublicFieldType =
  | 'money'
  | 'decimal'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'month'
  | 'instant'
  | 'code'
  | 'reference'
  | 'member'
  | 'digest'

/** `text`, `file` and `photo` exist only in sealed sections. */
export type FieldType = PublicFieldType | 'text' | 'resident-id' | 'file' | 'photo'

/** One typed value of a form, a register, a row or a sealed section. */
export interface Field {
  readonly type: FieldType
  /** Default false: a field is required unless it says so. */
  readonly optional?: boolean
  readonly codes?: readonly string[]
  /** Decimal places of a `decimal`; money always has 2. */
  readonly places?: number
  readonly minimum?: string
  readonly maximum?: string
  readonly maxLength?: number
  /** Register that a `reference` points into. */
  readonly register?: string
  /** FEEL, proposed to the person; never filled in silently. */
  readonly suggest?: string
  /** The value is a list of these (≤ 100), only in forms and registers. */
  readonly many?: boolean
  /** Fields of a `many` list of small records, for example appointments {role, party}. */
  readonly fields?: Readonly<Record<string, Field>>
  readonly clause?: string
}

/**
 * One value: a FEEL expression, or a published rule with its facts (the value is the outputs; the rule
 * is evaluated at the case's law date). A value that does not fit its type exactly (a third place of
 * money, null without `optional`) refuses the act: nothing is rounded in silence.
 */
export type Compute =
  | {
      readonly name: string
      readonly type: PublicFieldType
      readonly places?: number
      readonly many?: boolean
      /** Null is a value too. */
      readonly optional?: boolean
      readonly is: string
    }
  | {
      readonly name: string
      readonly rule: string
      readonly facts: Readonly<Record<string, string>>
    }

/** 预置条件. The first check whose `unless` is not true refuses; facts become facts of the refusal. */
export interface Check {
  readonly unless: string
  readonly refuse: string
  readonly facts?: Readonly<Record<string, string>>
  readonly clause?: string
}

/** One kind of row of a batch, sealed; also the columns of its spreadsheet template. */
export interface RowDefinition {
  readonly columns: Readonly<Record<string, Field>>
  /** Column that identifies the person; duplicates in one batch are refused. */
  readonly unique?: string
  /** Evaluated by those who may see the row; `column` says where the person should look. */
  readonly checks: readonly (Check & { readonly column: string })[]
}

/** 数据账本: typed, versioned entries that outlive cases. */
export interface RegisterDefinition {
  /** Names of the parts of an entry's key; the key text is the parts joined by `/`. */
  readonly key: readonly string[]
  readonly fields: Readonly<Record<string, Field>>
  /** Sealed parts of an entry, names of `service.sections` in the package that records them. */
  readonly sections: readonly string[]
  /** Registering an entry opens a set of accounts with the entry's key as its book id. */
  readonly book?: {
    readonly chart: string
    /** FEEL in the scope of the case that records the entry: decimal places of units and net values. */
    readonly unitPlaces: string
    readonly navPlaces: string
    /** FEEL, member that keeps the per-person sub-ledger; needed if the chart has one. */
    readonly owner?: string
    /** FEEL, member that may tell credits nobody expected. */
    readonly custodian?: string
  }
}

/** Chart of accounts and what must always hold between them. */
export interface ChartDefinition {
  readonly accounts: readonly ChartAccount[]
  /** Σ of the left accounts = Σ of the right ones, after every journal. */
  readonly equalities: readonly {
    readonly left: readonly string[]
    readonly right: readonly string[]
  }[]
  /** Per-person sub-ledger: which control accounts it breaks down by cost, and which one by units. */
  readonly subledger?: { readonly cost: readonly string[]; readonly units: string }
  /** Where a credit goes that answers no expectation, until somebody knows what it is for. */
  readonly suspense?: { readonly debit: string; readonly credit: string }
}

/** One account of a chart: which side is its normal one, and in which measure it counts. */
export interface ChartAccount {
  /** For example `1001`; `1101.*` stands for `1101.1`, `1101.2` … */
  readonly no: string
  readonly name: string
  readonly side: 'debit' | 'credit' | 'either'
  readonly measure: 'fen' | 'units'
  /** A journal that would leave it below zero (on its side) is refused. */
  readonly neverNegative?: boolean
}

/** When supervisors are told of something that happened, or that did not happen in time. */
export interface AlertDefinition {
  /** Event name, for example `StepLapsed`; or a clock: the alert is raised when the date has passed. */
  readonly on: string
  /** FEEL over the event's data. */
  readonly when: string
  readonly severity: 'note' | 'warning' | 'grave'
  /** Parties or member roles that are told. */
  readonly to: readonly string[]
  readonly clause?: string
}

/** What a case of the service is: who takes part, what opens it, which steps follow one another. */
export interface ServiceDefinition {
  readonly parties: Readonly<Record<string, PartyDefinition>>
  /** Entries of registers that a case is about; bound at opening. */
  readonly references: Readonly<
    Record<string, { readonly register: string; readonly key: string; readonly optional?: boolean }>
  >
  readonly opens: {
    readonly by: string
    readonly role?: string
    readonly fields: Readonly<Record<string, Field>>
    readonly compute: readonly Compute[]
    readonly checks: readonly Check[]
    /** FEEL; no second open or finished case of the service may have the same value (withdrawn ones free it). */
    readonly unique?: string
    readonly then: readonly string[]
  }
  readonly sections: Readonly<Record<string, SectionDefinition>>
  readonly determinations: Readonly<Record<string, DeterminationDefinition>>
  readonly steps: Readonly<Record<string, StepDefinition>>
  /** Which party may withdraw the case while which steps are open; with its effects. */
  readonly withdrawal?: {
    readonly by: string
    readonly while: readonly string[]
    readonly effects: readonly Effect[]
  }
  /** How long grants of a finished case stay in force, for example `15 years`. */
  readonly retention: Duration & { readonly clause: string }
}

/** 参与方: a role in a case and how the member is found that plays it. */
export interface PartyDefinition {
  /**
   * FEEL giving a member id (or a list, with `many`); the opener's party says `opener`. Null at the
   * opening: tried again after each step until it is bound; a step whose holder is unbound cannot open.
   */
  readonly from: string
  readonly many?: boolean
}

/** 数据分区: fields with one level, one owner and its readers; stage 1 seals a section whole. */
export interface SectionDefinition {
  readonly level: 2 | 3 | 4
  readonly owner: string
  readonly readers: readonly string[]
  /** Either the fields of one record, or the row definition of a batch. */
  readonly fields?: Readonly<Record<string, Field>>
  readonly rows?: string
  /** Control totals of a batch that go on chain: name → sum of a column. */
  readonly totals?: Readonly<
    Record<
      string,
      {
        readonly sum: string
        readonly type: 'money' | 'decimal' | 'integer'
        readonly places?: number
      }
    >
  >
  /**
   * Fewest rows of a batch. Default 5 where totals become public, because the totals of fewer people tell what
   * one of them earns; a package that lowers it says why in `clause`.
   */
  readonly leastRows?: number
  readonly sharing: 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED'
  readonly use: 'VIEW' | 'STORE'
  readonly purpose: string
  readonly clause?: string
}

/**
 * What members who see the rows compute alike. Each of `members` submits it; equal ones match, and
 * only then the step goes on. Inputs are committed: batch root, `with` values, hashes of rules, and
 * for a sub-ledger the balances root it starts from.
 */
export interface DeterminationDefinition {
  /** Section with the batch. */
  readonly of: string
  /** Parties that must agree; at least two different members. */
  readonly members: readonly string[]
  /** Public facts of the case handed to the computation. */
  readonly with: readonly Compute[]
  /** Values per row, in order. */
  readonly each: readonly Compute[]
  /** A row that fails one gets this code as its outcome; outputs are still computed over all rows. */
  readonly rowChecks: readonly (Check & { readonly column: string })[]
  /** Public values over `rows` (list of contexts: columns, `each` values, and `outcome`: OK or the failed check's code). */
  readonly outputs: readonly Compute[]
  /**
   * The per-person entries and balances are sealed as sections `entry` and `balance` of the service (ledger-bytes
   * section 13): declare both, with owner and readers, so that who recomputes them may open them.
   */
  readonly subledger?: {
    /** FEEL giving the book. */
    readonly book: string
    /** Section of an enrolment batch whose records are the accounts; the person's column joins them. */
    readonly accounts: { readonly register: string; readonly join: string }
    readonly lines: readonly SubledgerLine[]
  }
}

/** One part of one account: FEEL over the row's scope; `part` may also be a plain name, which is itself. */
export interface SubledgerLine {
  readonly part: string
  readonly if?: string
  readonly chart: string
  readonly cost: string
  readonly taxedCost: string
  readonly units: string
  readonly residue: string
}

/** 环节: what one party must or may do now. */
export interface StepDefinition {
  /** Party that must act; exactly one member holds an open step at any time. */
  readonly holder: string
  /** With a `many` party: one instance of the step per member, joined by the next step's `join`. */
  readonly each?: boolean
  readonly by?: {
    readonly role?: string
    readonly unit?: string
    readonly notSignerOf?: readonly string[]
  }
  /** Joint act: so many of these parties must choose the same outcome. */
  readonly signatures?: { readonly of: readonly string[]; readonly need: number }
  readonly form?: FormDefinition
  readonly determine?: string
  readonly wait?: Wait
  readonly compute: readonly Compute[]
  readonly checks: readonly Check[]
  /** The actor chooses, unless outcomes have `when`: then the only true one applies, or the one without. */
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly clocks: Readonly<Record<string, Clock>>
  /**
   * Opens only when so many of these steps (latest round; each instance of an `each` step counts) are
   * done; `need` defaults to all of them. Those still open then are cancelled.
   */
  readonly join?: { readonly of: readonly string[]; readonly need?: number }
}

/** 表单: what comes with an act: public fields, sealed sections, a batch of rows. */
export interface FormDefinition {
  readonly fields: Readonly<Record<string, Field>>
  /** Section whose rows come as a batch with this step. */
  readonly batch?: string
  /** Sections that must come with this step, sealed at their owner (one owner per form). */
  readonly sections: readonly string[]
}

/** 等待: what ends a step that nobody acts on. */
export type Wait =
  /**
   * Fulfilled by a credit that answers the named `expect`. Adds `arrivedAmount` (what came since the last
   * such wait), `arrivedTotal` (all that came for the expectation), `arrivedOn` (value date).
   */
  | { readonly payment: string }
  /** Fulfilled when the named `pay` has ended. Adds `paymentState` (SETTLED, REJECTED, RETURNED), `paidOn`. */
  | { readonly settlement: string }
  /** Fulfilled when the register has the entry and `when` (over `entry`) holds. Adds it as `entry`. */
  | { readonly register: string; readonly key: string; readonly when?: string }
  /** Fulfilled when the child case opened under this name has ended. Adds `child` {id, status, …values}. */
  | { readonly case: string }
  /** Fulfilled by time: FEEL giving a date (its first instant, UTC+08:00) or date and time. */
  | { readonly until: string }

/** How a step ends: what is checked, computed and done then, and what opens next. */
export interface Outcome {
  readonly when?: string
  readonly checks: readonly Check[]
  readonly compute: readonly Compute[]
  readonly effects: readonly Effect[]
  readonly then: readonly string[]
  /** Ends the case with this status; open steps are cancelled. */
  readonly ends?: string
  /** Sections that must come with this outcome (for example the reason of a refusal). */
  readonly sections: readonly string[]
}

/** A period of the law, counted from the day after it starts. */
export interface Duration {
  readonly amount: number
  readonly unit: 'hours' | 'days' | 'working-days' | 'months' | 'years'
}

/**
 * 时限. The day it starts from is not counted; it ends with the last instant of its last day (UTC+08:00); hours
 * count from the instant. A `within` in days, months or years that ends on a day off ends on the next working day.
 */
export interface Clock {
  /**
   * `within`: at most; when running out is an outcome, later acts are refused. `lasts`: at least; until
   * it has lasted its own outcome (without one: every outcome) is refused. `from`: not before; every act
   * is refused until then.
   */
  readonly kind: 'within' | 'lasts' | 'from'
  readonly limit: Duration
  /** What the body promises, never longer than `limit`: the due date shown; an alert is raised at both. */
  readonly promised?: Duration
  /** FEEL giving the day the period starts from; default: the day the step opened. */
  readonly starts?: string
  readonly clause: string
  /** What running out means; without it nothing happens by itself. */
  readonly lapse?:
    | { readonly outcome: string }
    | { readonly alert: string; readonly to: readonly string[] }
}

/** 效果: a change outside the case, from a closed list. Every effect may be conditional (`if`). */
export type Effect = { readonly if?: string } & (
  | {
      readonly record: string
      readonly key: string
      readonly fields: Readonly<Record<string, string>>
      readonly sections?: readonly string[]
      readonly owner: string
    }
  | {
      readonly amend: string
      readonly key: string
      readonly fields: Readonly<Record<string, string>>
      readonly sections?: readonly string[]
    }
  | { readonly close: string; readonly key: string }
  | {
      readonly post: string
      readonly book: string
      readonly debit: readonly PostLine[]
      readonly credit: readonly PostLine[]
      readonly subledger?: string
    }
  | {
      readonly pay: string
      readonly by: string
      /** Other parties that may tell what became of it, for example a bank that is a member. */
      readonly tellers?: readonly string[]
      readonly from: string
      readonly to: string
      readonly amount: string
    }
  | {
      readonly expect: string
      readonly by: string
      readonly account: string
      readonly amount: string
    }
  | { readonly release: string }
  | { readonly grant: string; readonly to: string }
  | { readonly revokeGrant: string; readonly of: string }
  /**
   * The grants that party `suspendGrants` holds over data of party `owner`, of this case or issued for cases of this
   * service, open nothing until `liftGrants` names the same.
   */
  | { readonly suspendGrants: string; readonly owner: string }
  | { readonly liftGrants: string; readonly owner: string }
  /** A section of this case, or the sealed parts of a reference's entry, change owner (FEEL both members). */
  | { readonly handOver: string; readonly from: string; readonly to: string }
  /**
   * In this case and in every open case of this chain about the same entry (`reference`: a name of this
   * case's references), the party named `rebind` that is bound to member `from` becomes member `to` (FEEL
   * both), with its open steps and grants. At most 100 cases at once.
   */
  | {
      readonly rebind: string
      readonly reference: string
      readonly from: string
      readonly to: string
    }
  | {
      /** Service of the child case; it opens in the name of party `by` (default: the step's holder). */
      readonly open: string
      readonly by?: string
      readonly as: string
      readonly fields: Readonly<Record<string, string>>
    }
  | { readonly notice: string; readonly to: readonly string[]; readonly lasts?: Duration }
  | {
      readonly alert: string
      readonly to: readonly string[]
      readonly severity: 'note' | 'warning' | 'grave'
    }
)

/** `account`: number in the chart (FEEL, so that `"1101." + n` works); fen or units by the account's measure. */
export interface PostLine {
  readonly account: string
  readonly amount: string
  /** FEEL list: the line is repeated, `item` and `index` (from 1) are in scope. */
  readonly each?: string
  readonly if?: string
}

/** A worked example of a rule: facts, and the outputs or the refusal that they must give. */
export interface RuleExample {
  readonly rule: string
  readonly name: string
  readonly source: 'law' | 'notice' | 'hand'
  readonly arithmetic?: string
  readonly on: string
  readonly region: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly refused?: string
}

/** A whole case played step by step: who does what, and what must be true then. */
export interface CaseExample {
  readonly name: string
  readonly title: Bilingual
  /** Block time at the start, `YYYY-MM-DDThh:mm` in UTC+08:00. */
  readonly at: string
  /** Members by party-like name → roles; and register entries that exist before. */
  readonly world: {
    readonly members: Readonly<Record<string, readonly string[]>>
    readonly entries: readonly {
      readonly register: string
      readonly key: string
      readonly owner: string
      readonly fields: Readonly<Record<string, unknown>>
    }[]
    /** Other packages that must be published. */
    readonly packages: readonly string[]
  }
  readonly acts: readonly ExampleAct[]
}

/**
 * One move of an example. `do` names the action; `expect` says what must hold after it (or the refusal).
 * Sealed content is given in clear (`rows`, `sections`): the player seals it with test keys.
 */
export interface ExampleAct {
  readonly by: string
  readonly do: 'open' | 'act' | 'determine' | 'arrive' | 'settle' | 'resume' | 'lapse' | 'withdraw'
  /** Signing officer, when four eyes matter; default: one officer per member with all roles. */
  readonly officer?: string
  /** Which case, by the name given at `open`; default: the only one. */
  readonly case?: string
  readonly service?: string
  readonly step?: string
  readonly at?: string
  readonly outcome?: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  readonly sections?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A determination's outputs changed on purpose: name → value, to play a disagreement. */
  readonly falsify?: Readonly<Record<string, unknown>>
  /** `step` names the waiting step; without one the credit is unknown and goes to suspense of `book`. */
  readonly arrived?: { readonly amount: string; readonly on: string; readonly book?: string }
  /** What the bank answered to the payment that `step` waits for. */
  readonly settled?: {
    readonly state: 'SETTLED' | 'REJECTED' | 'RETURNED'
    readonly on: string
    readonly reason?: string
  }
  readonly expect?: {
    readonly refused?: string
    readonly facts?: Readonly<Record<string, unknown>>
    readonly status?: string
    readonly open?: readonly string[]
    readonly values?: Readonly<Record<string, unknown>>
    readonly balances?: Readonly<Record<string, string>>
    readonly entries?: readonly {
      readonly register: string
      readonly key: string
      readonly fields: Readonly<Record<string, unknown>>
    }[]
    readonly alerts?: readonly string[]
    readonly payments?: Readonly<Record<string, string>>
  }
}
