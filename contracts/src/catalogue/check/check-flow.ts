/* A case that begins can go on and can end; clocks promise no more than the law allows. */
import type { Duration, Outcome, ServiceDefinition, StepDefinition } from '../package-document.ts'
import type { PackageNames } from './package-names.ts'
import type { Problems } from './problem.ts'

/** Checks the graph of steps and the clocks on them. */
export function checkFlow(names: PackageNames, problems: Problems): void {
  const { service } = names
  if (service === null) return
  const reached = reachable(service)
  for (const [name, step] of Object.entries(service.steps)) {
    const path = `/service/steps/${name}`
    if (!reached.has(name)) {
      problems.error(path, 'STEP_UNREACHABLE', 'some outcome or the opening that leads here', name)
    }
    checkKind(step, path, problems)
    checkOutcomes(service, name, step, path, problems)
    checkJoin(service, step, path, problems)
    checkClocks(step, path, problems)
  }
  checkEnds(service, reached, problems)
}

/** Steps that some path from the opening opens. */
function reachable(service: ServiceDefinition): Set<string> {
  const reached = new Set<string>()
  const open = [...service.opens.then]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = service.steps[name]
    if (step === undefined || reached.has(name)) continue
    reached.add(name)
    for (const { then } of Object.values(step.outcomes)) open.push(...then)
    open.push(...joinsAfter(service, name))
  }
  return reached
}

/** Steps that open by a join of which this step is a part. */
function joinsAfter(service: ServiceDefinition, name: string): string[] {
  return Object.entries(service.steps)
    .filter(([, step]) => step.join?.of.includes(name) === true)
    .map(([joined]) => joined)
}

function checkKind(step: StepDefinition, path: string, problems: Problems): void {
  const kinds = [step.determine !== undefined, step.wait !== undefined].filter(Boolean).length
  if (kinds > 1) problems.error(path, 'STEP_KIND', 'either determine or wait')
  const { form } = step
  // What a bank or custodian tells may bring sealed sections; fields and rows need a person.
  const isFilledIn = form !== undefined && (form.batch !== undefined || hasMembers(form.fields))
  if (kinds > 0 && isFilledIn) {
    problems.error(`${path}/form`, 'STEP_KIND', 'no fields or rows: nobody fills in this step')
  }
  const { signatures } = step
  if (signatures !== undefined && signatures.need > signatures.of.length) {
    problems.error(`${path}/signatures/need`, 'NEED', `at most ${signatures.of.length}`)
  }
}

function hasMembers(map: object): boolean {
  return Object.keys(map).length > 0
}

/** Whether the outcome follows from the state: nobody chooses after a wait or a determination. */
function isAutomatic(step: StepDefinition): boolean {
  return step.determine !== undefined || step.wait !== undefined
}

function checkOutcomes(
  service: ServiceDefinition,
  name: string,
  step: StepDefinition,
  path: string,
  problems: Problems,
): void {
  const outcomes = Object.entries(step.outcomes)
  if (outcomes.length === 0) {
    problems.error(`${path}/outcomes`, 'STEP_WITHOUT_OUTCOME', 'at least one outcome')
  }
  const lapses = Object.values(step.clocks).flatMap(({ lapse }) =>
    lapse !== undefined && 'outcome' in lapse ? [lapse.outcome] : [],
  )
  const free = outcomes.filter(([outcome, { when }]) => !when && !lapses.includes(outcome))
  const isConditional = outcomes.some(([, { when }]) => when !== undefined)
  if ((isAutomatic(step) || isConditional) && free.length > 1) {
    const expected = 'when on every outcome but one'
    problems.error(
      `${path}/outcomes`,
      'OUTCOMES_AMBIGUOUS',
      expected,
      free.map(([key]) => key),
    )
  }
  const isJoined = joinsAfter(service, name).length > 0
  for (const [outcome, definition] of outcomes) {
    if (isDeadEnd(definition) && !isJoined) {
      const at = `${path}/outcomes/${outcome}`
      problems.error(at, 'OUTCOME_DEAD_END', 'then, ends, or a join that waits for the step')
    }
  }
}

function isDeadEnd({ then, ends }: Outcome): boolean {
  return then.length === 0 && ends === undefined
}

function checkJoin(
  service: ServiceDefinition,
  step: StepDefinition,
  path: string,
  problems: Problems,
): void {
  const { join } = step
  if (join === undefined) return
  const hasMany = join.of.some((name) => service.steps[name]?.each === true)
  if (join.need !== undefined && !hasMany && join.need > join.of.length) {
    problems.error(`${path}/join/need`, 'NEED', `at most ${join.of.length}`, join.need)
  }
}

/** From every step that can be reached some path leads to an end. */
function checkEnds(
  service: ServiceDefinition,
  reached: ReadonlySet<string>,
  problems: Problems,
): void {
  const ending = new Set<string>()
  const leadsOn = (name: string, step: StepDefinition): boolean =>
    Object.values(step.outcomes).some(
      ({ ends, then }) => ends !== undefined || then.some((next) => ending.has(next)),
    ) || joinsAfter(service, name).some((next) => ending.has(next))
  for (let before = -1; before !== ending.size; ) {
    before = ending.size
    for (const [name, step] of Object.entries(service.steps)) {
      if (leadsOn(name, step)) ending.add(name)
    }
  }
  for (const name of reached) {
    if (ending.has(name)) continue
    const path = `/service/steps/${name}`
    problems.error(path, 'STEP_WITHOUT_END', 'a path to an outcome that ends the case', name)
  }
}

function checkClocks(step: StepDefinition, path: string, problems: Problems): void {
  for (const [name, { limit, promised, kind }] of Object.entries(step.clocks)) {
    const at = `${path}/clocks/${name}`
    if (promised !== undefined && !isWithin(promised, limit)) {
      const expected = `no longer than ${limit.amount} ${limit.unit}`
      problems.error(`${at}/promised`, 'PROMISE_TOO_LONG', expected, promised)
    }
    if (promised !== undefined && kind !== 'within') {
      problems.error(`${at}/promised`, 'PROMISE_KIND', 'a promise only on a within clock', kind)
    }
  }
}

/**
 * Shortest and longest hours of one unit; a working day may wait for the longest run of days off.
 */
const HOURS_OF_UNIT: Readonly<Record<Duration['unit'], readonly [number, number]>> = {
  hours: [1, 1],
  days: [24, 24],
  'working-days': [24, 24],
  months: [28 * 24, 31 * 24],
  years: [365 * 24, 366 * 24],
}
/** Days off that may lie inside a period of working days, beyond its own weekends. */
const LONGEST_HOLIDAY_DAYS = 10

/** Whether a promise can never be longer than the limit, whatever the calendar says. */
function isWithin(promised: Duration, limit: Duration): boolean {
  if (promised.unit === limit.unit) return promised.amount <= limit.amount
  return longestHours(promised) <= limit.amount * HOURS_OF_UNIT[limit.unit][0]
}

function longestHours({ amount, unit }: Duration): number {
  const hours = amount * HOURS_OF_UNIT[unit][1]
  if (unit !== 'working-days') return hours
  return hours + (Math.ceil(amount / 5) * 2 + LONGEST_HOLIDAY_DAYS) * 24
}
