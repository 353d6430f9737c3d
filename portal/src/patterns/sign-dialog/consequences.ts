/* What a signature sets in motion, from the package and the parties of the case: who is next, by when, what changes. */
import type {
  Duration,
  Effect,
  ServiceDefinition,
  StepDefinition,
} from '../../package/package-document.ts'

/** A step that opens next. */
export interface NextStep {
  readonly step: string
  readonly party: string
  /** Members that are bound; none while the party is not known yet. */
  readonly members: readonly string[]
  readonly within: Duration | null
}

/** A change outside of the case: its kind and what it is called. */
export interface EffectSaid {
  readonly kind: EffectKind
  readonly name: string
  /** Party that does it, for example the bank that pays. */
  readonly by: string | null
  readonly isConditional: boolean
}

const KINDS = [
  'record',
  'amend',
  'close',
  'post',
  'pay',
  'expect',
  'release',
  'grant',
  'revokeGrant',
  'suspendGrants',
  'liftGrants',
  'handOver',
  'rebind',
  'open',
  'notice',
  'alert',
] as const

/** Kinds of changes outside of a case: a closed list. */
export type EffectKind = (typeof KINDS)[number]

/** What follows from an act. */
export interface Follows {
  readonly next: readonly NextStep[]
  /** Statuses that the case may end with. */
  readonly ends: readonly string[]
  readonly effects: readonly EffectSaid[]
  /** Whether conditions of the package decide which of it happens. */
  readonly isConditional: boolean
  /** Parties whose act or determination is needed as well. */
  readonly also: readonly { readonly party: string; readonly members: readonly string[] }[]
  /** Party that may withdraw the case afterwards, and until which steps are done; null: nobody may. */
  readonly withdrawal: { readonly party: string; readonly while: readonly string[] } | null
}

type Parties = Readonly<Record<string, string | readonly string[] | null>>

/** What follows from acting on a step with an outcome; null where the package decides or there is one. */
export function followsOf(
  service: ServiceDefinition,
  parties: Parties,
  step: string,
  outcome: string | null,
): Follows {
  const definition = service.steps[step] as StepDefinition
  const all = Object.entries(definition.outcomes)
  const chosen = all.filter(([name]) => outcome === null || name === outcome)
  const outcomes = (chosen.length === 0 ? all : chosen).map(([, one]) => one)
  const then = [...new Set(outcomes.flatMap((one) => one.then))]
  const next = then.map((name) => nextStep(service, parties, name))
  return {
    next,
    ends: outcomes.flatMap(({ ends }) => (ends === undefined ? [] : [ends])),
    effects: outcomes.flatMap(({ effects }) => effects.flatMap(effectSaid)),
    isConditional: outcomes.length > 1,
    also: alsoNeeded(service, parties, definition),
    withdrawal: withdrawalAfter(service, then),
  }
}

/**
 * What follows from opening a case.
 *
 * @param opener  member that opens it: the other parties are not known yet
 */
export function followsOfOpening(service: ServiceDefinition, opener: string | null): Follows {
  const { then, by } = service.opens
  const next = then.map((name) => nextStep(service, { [by]: opener }, name))
  const withdrawal = withdrawalAfter(service, then)
  return { next, ends: [], effects: [], isConditional: false, also: [], withdrawal }
}

function nextStep(service: ServiceDefinition, parties: Parties, step: string): NextStep {
  const { holder = '', clocks = {} } = service.steps[step] ?? {}
  const clock = Object.values(clocks).find(({ kind }) => kind === 'within')
  const within = clock?.promised ?? clock?.limit ?? null
  return { step, party: holder, members: membersOf(parties, holder), within }
}

function membersOf(parties: Parties, party: string): readonly string[] {
  const bound = parties[party] ?? null
  return bound === null ? [] : typeof bound === 'string' ? [bound] : bound
}

function effectSaid(effect: Effect): EffectSaid[] {
  const kind = KINDS.find((one) => Object.hasOwn(effect, one))
  if (kind === undefined) return []
  const by = typeof effect.by === 'string' ? effect.by : null
  return [{ kind, name: String(effect[kind]), by, isConditional: effect.if !== undefined }]
}

function alsoNeeded(service: ServiceDefinition, parties: Parties, definition: StepDefinition) {
  const { determine, signatures, holder } = definition
  const named =
    determine === undefined
      ? (signatures?.of ?? [])
      : (service.determinations[determine]?.members ?? [])
  return named
    .filter((party) => party !== holder)
    .map((party) => ({ party, members: membersOf(parties, party) }))
}

function withdrawalAfter(service: ServiceDefinition, then: readonly string[]) {
  const { withdrawal } = service
  if (withdrawal === undefined) return null
  const open = then.filter((step) => withdrawal.while.includes(step))
  return open.length === 0 || open.length < then.length
    ? null
    : { party: withdrawal.by, while: withdrawal.while }
}
