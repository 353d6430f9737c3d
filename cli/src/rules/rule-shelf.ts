import {
  type CompiledPackage,
  calendarOfDays,
  type PackageRule,
  type ParameterValue,
  type PublishedCalendar,
} from '@renshe/contracts'
import type { ParameterLookup } from '@renshe/rules'
import type { PackageFolders } from '../service/package-folders.ts'
import { explainError } from '../shell/failure.ts'

/** A rule with the package that publishes it. */
export interface ShelvedRule extends PackageRule {
  readonly package: CompiledPackage
}

/** What answers to questions are made from. */
export interface RuleSource {
  findRule(id: string): ShelvedRule | undefined
  readonly parameters: ParameterLookup
  readonly calendar: PublishedCalendar
}

/** Every rule, parameter and working day of the packages of one folder: what a chain would hold that published them. */
export interface RuleShelf extends RuleSource {
  /** By id, ascending. */
  readonly rules: ReadonlyMap<string, ShelvedRule>
  /** Every value of a parameter by its name, in the order of the packages. */
  valuesOf(parameter: string): readonly ParameterValue[]
  /** Names of parameters that begin so. */
  namesUnder(prefix: string): readonly string[]
  /** Packages that could not be read, with the reason: their rules are missing here. */
  readonly broken: ReadonlyMap<string, string>
}

/** Parameter whose values, each in effect on its one day, make the calendar. */
export const CALENDAR_PARAMETER = 'calendar.day'

/** Reads and compiles every package of a folder; one that is broken does not keep the others away. */
export function loadShelf(folders: PackageFolders): RuleShelf {
  const packages: CompiledPackage[] = []
  const broken = new Map<string, string>()
  for (const name of folders.names()) {
    try {
      packages.push(folders.compile(name))
    } catch (error) {
      broken.set(name, explainError(error, 'en').message)
    }
  }
  return shelfOf(packages, broken)
}

/** A shelf of the packages that are given. */
export function shelfOf(
  packages: readonly CompiledPackage[],
  broken: ReadonlyMap<string, string> = new Map(),
): RuleShelf {
  const rules = packages.flatMap((one) => one.rules.map((rule) => ({ ...rule, package: one })))
  rules.sort((left, right) => (left.id < right.id ? -1 : 1))
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const rows = packages.flatMap(({ document }) => document.parameters)
  const series = grouped(rows, ({ parameter }) => parameter)
  const ofRegions = grouped(rows, ({ parameter, region }) => `${region} ${parameter}`)
  return {
    rules: byId,
    findRule: (id) => byId.get(id),
    parameters: {
      find: (parameter, region, on) =>
        newestInForce(ofRegions.get(`${region} ${parameter}`) ?? [], on),
    },
    calendar: calendarOf(series.get(CALENDAR_PARAMETER) ?? []),
    valuesOf: (parameter) => series.get(parameter) ?? [],
    namesUnder: (prefix) => [...series.keys()].filter((name) => name.startsWith(prefix)).sort(),
    broken,
  }
}

function grouped(
  rows: readonly ParameterValue[],
  keyOf: (row: ParameterValue) => string,
): Map<string, ParameterValue[]> {
  const found = new Map<string, ParameterValue[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = found.get(key)
    if (known === undefined) found.set(key, [row])
    else known.push(row)
  }
  return found
}

function newestInForce(rows: readonly ParameterValue[], on: string): ParameterValue | undefined {
  let found: ParameterValue | undefined
  for (const row of rows) {
    if (row.effectiveFrom > on) continue
    if (found === undefined || row.effectiveFrom > found.effectiveFrom) found = row
  }
  // The newest decides, also when it has ended: an older one does not come back.
  return found === undefined || (found.effectiveTo !== null && found.effectiveTo < on)
    ? undefined
    : found
}

function calendarOf(rows: readonly ParameterValue[]): PublishedCalendar {
  return calendarOfDays(
    new Map(
      rows.map((row) => [row.effectiveFrom, row.value === 'WORKDAY' ? 'WORKDAY' : 'HOLIDAY']),
    ),
  )
}
