import { canonicalText, type Json, type JsonObject } from '@renshe/crypto'
import type { ExampleAct } from '../../catalogue/package-document.ts'
import { balances, payments } from '../../funds/records.ts'
import { entries } from '../../registers/records.ts'
import { ownMember } from '../own-member.ts'
import { type Case, OPEN, type Step } from '../records.ts'
import { openSteps } from '../step-graph.ts'
import { memberIdOf } from './example-names.ts'
import type { ActOutcome, ExampleWorld } from './example-world.ts'

/** Where an example went another way than it says. */
export interface ExampleFailure {
  /** Number of the act, from 0. */
  readonly act: number
  /** What is compared, for example `status`, `values.total`, `balances.1001`. */
  readonly what: string
  readonly expected: Json
  readonly came: Json
}

type Expectation = NonNullable<ExampleAct['expect']>

/** The case that an act was about, as it stands after it. */
export interface ActedCase {
  readonly serviceCase: Case
  readonly steps: readonly Step[]
}

/** Compares what an act did with what the example expects. */
export function findFailures(
  world: ExampleWorld,
  at: number,
  act: ExampleAct,
  outcome: ActOutcome,
  acted: ActedCase | undefined,
): ExampleFailure[] {
  const failures: ExampleFailure[] = []
  const expect: Expectation = act.expect ?? {}
  const compare = (what: string, expected: Json, came: Json): void => {
    if (!isEqual(expected, came)) failures.push({ act: at, what, expected, came })
  }
  if (outcome.code !== (expect.refused ?? 'OK')) {
    const came = outcome.code === 'OK' ? 'OK' : { code: outcome.code, data: outcome.data }
    return [
      {
        act: at,
        what: 'refused',
        expected: expect.refused ?? 'OK',
        came: withFault(came, outcome),
      },
    ]
  }
  compareFacts(outcome, expect, compare)
  if (acted !== undefined) compareCase(acted, expect, compare)
  compareLedger(world, acted, expect, compare)
  for (const code of expect.alerts ?? []) {
    const raised = alertsOf(outcome)
    if (!raised.includes(code)) compare(`alerts.${code}`, code, raised)
  }
  return failures
}

type Compare = (what: string, expected: Json, came: Json) => void

function withFault(came: Json, { fault }: ActOutcome): Json {
  return fault instanceof Error ? { came, fault: fault.message } : came
}

/** Equal JSON; a member's name in the example means its id. */
function isEqual(expected: Json, came: Json): boolean {
  if (canonicalText(expected) === canonicalText(came)) return true
  return typeof expected === 'string' && typeof came === 'string' && memberIdOf(expected) === came
}

function compareFacts({ data }: ActOutcome, expect: Expectation, compare: Compare): void {
  if (expect.facts === undefined) return
  const told = (data ?? {}) as JsonObject
  const own = told.facts
  const facts =
    typeof own === 'object' && own !== null && !Array.isArray(own) ? { ...told, ...own } : told
  for (const [name, fact] of Object.entries(expect.facts)) {
    compare(`facts.${name}`, fact as Json, (facts as JsonObject)[name] ?? null)
  }
}

function compareCase({ serviceCase, steps }: ActedCase, expect: Expectation, compare: Compare) {
  if (expect.status !== undefined) compare('status', expect.status, serviceCase.status)
  if (expect.open !== undefined) {
    const open = serviceCase.status === OPEN ? openSteps(steps).map(({ step }) => step) : []
    compare('open', [...new Set(expect.open)].sort(), [...new Set(open)].sort())
  }
  for (const [name, value] of Object.entries(expect.values ?? {})) {
    compare(`values.${name}`, value as Json, valueOfName(serviceCase, steps, name))
  }
}

/** The newest value of a name, as scopes find it; parties and bound references too. */
function valueOfName(serviceCase: Case, steps: readonly Step[], name: string): Json {
  let newest: Step | undefined
  for (const step of steps) {
    if (step.order === null || !Object.hasOwn(step.values, name)) continue
    if (newest === undefined || step.order > (newest.order ?? -1)) newest = step
  }
  if (newest !== undefined) return newest.values[name] as Json
  if (Object.hasOwn(serviceCase.values, name)) return serviceCase.values[name] as Json
  if (Object.hasOwn(serviceCase.parties, name)) return ownMember(serviceCase.parties, name) as Json
  return ownMember(serviceCase.references, name)?.key ?? null
}

function compareLedger(
  world: ExampleWorld,
  acted: ActedCase | undefined,
  expect: Expectation,
  compare: Compare,
): void {
  for (const [name, amount] of Object.entries(expect.balances ?? {})) {
    compare(`balances.${name}`, amount, balanceOf(world, name))
  }
  for (const { register, key, fields } of expect.entries ?? []) {
    const entry = world.state(entries).find([register, key])
    const what = `entries.${register}/${key}`
    if (entry === undefined) compare(what, fields as JsonObject, null)
    for (const [name, value] of Object.entries(entry === undefined ? {} : fields)) {
      const came = name === 'status' ? entry?.status : entry?.fields[name]
      compare(`${what}.${name}`, value as Json, (came ?? null) as Json)
    }
  }
  for (const [name, state] of Object.entries(expect.payments ?? {})) {
    const id = ownMember(acted?.serviceCase.payments ?? {}, name)
    const payment = id === undefined ? undefined : world.state(payments).find(id)
    compare(`payments.${name}`, state, payment?.state ?? null)
  }
}

/** `1001`, or `<book>/1001` where an example has several books. Never posted: nothing. */
function balanceOf(world: ExampleWorld, name: string): string | null {
  const slash = name.lastIndexOf('/')
  for (const [[book, account], { amount }] of world.state(balances).range()) {
    const isBook = slash < 0 || book === name.slice(0, slash)
    if (isBook && account === name.slice(slash + 1)) return amount
  }
  return null
}

function alertsOf({ events }: ActOutcome): string[] {
  return events
    .filter(({ name }) => name === 'AlertRaised')
    .map(({ data }) => (typeof data.code === 'string' ? data.code : ''))
}
