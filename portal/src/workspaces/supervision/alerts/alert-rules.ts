/* What raises alerts, read off a published package: clocks that run out, outcomes of steps, rules over events. */
import type { Duration, LoadedPackage, PackageDocument } from '../../../package/package-document.ts'

/** One thing that a package alerts about. */
export type AlertSource =
  /** A step's time limit passed. */
  | {
      readonly kind: 'clock'
      readonly code: string
      readonly step: string
      readonly limit: Duration
      readonly clause: string
    }
  /** A step ended in a certain way. */
  | {
      readonly kind: 'outcome'
      readonly code: string
      readonly step: string
      readonly outcome: string
    }
  /** A rule over events of a case; `after`: about what did not happen. */
  | ({ readonly kind: 'event'; readonly code: string; readonly name: string } & EventRule)

/** When a rule over events looks. */
export interface EventRule {
  readonly event: string
  readonly after: Duration | null
  readonly unless: string | null
  readonly when: string
}

interface AlertDefinition {
  readonly on: string
  readonly when: string
}

const UNITS = ['hours', 'days', 'working-days', 'months', 'years'] as const

/** The code that a rule's name becomes: `bill-late` is raised as `BILL_LATE`. */
export function codeOfRule(name: string): string {
  return name.toUpperCase().replaceAll('-', '_')
}

/** Reads `StepOpened after 5 working-days unless StepDone`; null for another form, which never looks. */
export function triggerOf(on: string): Omit<EventRule, 'when'> | null {
  const match = /^([A-Z][A-Za-z]+)(?: after (\d{1,4}) (\S+)(?: unless ([A-Z][A-Za-z]+))?)?$/.exec(
    on,
  )
  if (match === null) return null
  const [, event = '', amount, unitName, unless = null] = match
  if (amount === undefined) return { event, after: null, unless: null }
  const unit = UNITS.find((one) => one === unitName)
  return unit === undefined ? null : { event, after: { amount: Number(amount), unit }, unless }
}

/** Everything that a package alerts about, in the order of its steps. */
export function alertSources(document: PackageDocument): readonly AlertSource[] {
  const steps = Object.entries(document.service?.steps ?? {})
  const ofSteps = steps.flatMap(([step, { clocks, outcomes }]): AlertSource[] => [
    ...Object.values(clocks ?? {}).flatMap(({ lapse, limit, clause }): AlertSource[] =>
      lapse?.alert === undefined ? [] : [{ kind: 'clock', code: lapse.alert, step, limit, clause }],
    ),
    ...Object.entries(outcomes).flatMap(([outcome, { effects }]) =>
      effects.flatMap((effect): AlertSource[] =>
        typeof effect.alert === 'string'
          ? [{ kind: 'outcome', code: effect.alert, step, outcome }]
          : [],
      ),
    ),
  ])
  return [...ofSteps, ...eventSources(document)]
}

function eventSources(document: PackageDocument): AlertSource[] {
  const { alerts = {} } = document as {
    readonly alerts?: Readonly<Record<string, AlertDefinition>>
  }
  return Object.entries(alerts).flatMap(([name, { on, when }]): AlertSource[] => {
    const trigger = triggerOf(on)
    return trigger === null
      ? []
      : [{ kind: 'event', code: codeOfRule(name), name, when, ...trigger }]
  })
}

/**
 * What raised an alert.
 *
 * @param step  step that the alert's facts name, where they do
 * @returns     undefined if the core raised it, for example for two computations that differ
 */
export function sourceOfAlert(
  { document, uses }: LoadedPackage,
  code: string,
  step: string | null,
): AlertSource | undefined {
  const all = [document, ...Object.values(uses)].flatMap(alertSources)
  const found = all.filter((source) => source.code === code)
  return found.find((source) => source.kind === 'event' || source.step === step) ?? found[0]
}

/** How many things packages alert about, by kind. */
export function countSources(documents: readonly PackageDocument[]): {
  readonly all: number
  readonly clocks: number
} {
  const all = documents.flatMap(alertSources)
  return { all: all.length, clocks: all.filter(({ kind }) => kind === 'clock').length }
}
