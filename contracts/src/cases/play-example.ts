import type { Json, JsonObject } from '@renshe/crypto'
import { type CompiledPackage, compilePackage, serviceOf } from '../catalogue/compiled-package.ts'
import type { CaseExample, ExampleAct, PackageDocument } from '../catalogue/package-document.ts'
import { payments } from '../funds/records.ts'
import { findCase, stepsOf } from './case-work.ts'
import { DeterminationFailed } from './determination-failed.ts'
import {
  determineForExample,
  ExampleAccounts,
  type StepDetermination,
} from './example/example-determination.ts'
import { type ActedCase, type ExampleFailure, findFailures } from './example/example-expectation.ts'
import { memberIdOf } from './example/example-names.ts'
import { ExampleVault } from './example/example-sealing.ts'
import { type ActOutcome, ExampleWorld, exampleSigner } from './example/example-world.ts'
import type { Case, Step } from './records.ts'
import { findOpenStep } from './step-graph.ts'

/** One line of what happened. */
export interface ExampleLogLine {
  readonly act: number
  readonly by: string
  readonly do: string
  readonly step: string | null
  /** UTC ms of its block. */
  readonly at: number
  readonly code: string
  /** Return value, or facts of the refusal. */
  readonly data: Json
}

/** How an example went. */
export interface ExamplePlay {
  readonly ok: boolean
  readonly failures: readonly ExampleFailure[]
  readonly log: readonly ExampleLogLine[]
}

/**
 * Plays a worked example of a service through the real executor, in memory. The same document and
 * example give the same play on every member.
 *
 * @param libraries  every other package of the example's world, and what those use
 */
export function playExample(
  document: PackageDocument,
  libraries: readonly PackageDocument[],
  example: CaseExample,
): ExamplePlay {
  const player = new ExamplePlayer([document, ...libraries], example)
  for (let at = 0; at < example.acts.length; at++) {
    // After an act that went wrong the rest tells nothing new.
    if (!player.play(at, example.acts[at] as ExampleAct)) break
  }
  const { failures, log } = player
  return { ok: failures.length === 0, failures, log }
}

/** Case name that an act means without naming one. */
const THE_CASE = 'case'
const NOT_PLAYED = 'NOT_PLAYED'

/** What a teller says, by the state that a wait then has. */
const TIDINGS = { SETTLED: 'settled', REJECTED: 'rejected', RETURNED: 'returned' } as const

class ExamplePlayer {
  readonly failures: ExampleFailure[] = []
  readonly log: ExampleLogLine[] = []
  readonly #documents: readonly PackageDocument[]
  readonly #example: CaseExample
  readonly #world: ExampleWorld
  readonly #vault: ExampleVault
  readonly #accounts = new ExampleAccounts()
  readonly #codes: ReadonlyMap<string, CompiledPackage>
  /** Name in the example → case id. */
  readonly #cases = new Map<string, string>()

  constructor(documents: readonly PackageDocument[], example: CaseExample) {
    this.#documents = documents
    this.#example = example
    this.#codes = compileAll(documents)
    this.#world = new ExampleWorld([...this.#codes.values()], example)
    this.#vault = new ExampleVault(example.name)
  }

  /** Plays one act; false if it went another way than expected. */
  play(at: number, act: ExampleAct): boolean {
    if (act.at !== undefined && !this.#world.advanceTo(act.at)) {
      this.failures.push({ act: at, what: 'at', expected: 'a later time', came: act.at })
      return false
    }
    const before = this.#actedCase(act)
    const outcome = this.#perform(act, before)
    this.#remember(act, outcome)
    const acted = this.#actedCase(act)
    const { by, do: verb, step = null } = act
    const { code, data } = outcome
    this.log.push({ act: at, by, do: verb, step, at: this.#world.time, code, data })
    const failures = findFailures(this.#world, at, act, outcome, acted)
    this.failures.push(...failures)
    return failures.length === 0
  }

  #perform(act: ExampleAct, acted: ActedCase | undefined): ActOutcome {
    if (act.do === 'open') return this.#open(act)
    if (act.do === 'arrive') return this.#arrive(act, acted)
    if (acted === undefined) return notPlayed('no such case in the example')
    const { id } = acted.serviceCase
    if (act.do === 'withdraw') return this.#run(act, null, 'cases.withdrawCase', { case: id })
    const name = act.step
    if (name === undefined) return notPlayed('the act names no step')
    const step = findOpenStep(acted.steps, name, memberIdOf(act.by))
    const place = { case: id, step: name }
    switch (act.do) {
      case 'act':
        return this.#act(act, acted, place)
      case 'determine':
        return this.#determine(act, acted, step, place)
      case 'settle':
        return this.#settle(act, step)
      case 'resume':
        return this.#run(act, step, 'cases.resumeStep', place)
      case 'lapse':
        return this.#run(act, step, 'cases.lapseStep', place)
    }
  }

  #open(act: ExampleAct): ActOutcome {
    const service = act.service ?? this.#documents[0]?.name ?? ''
    const types = this.#codes.get(service)?.document.service?.opens.fields ?? {}
    const fields = this.#withMembers(act.fields ?? {}, types)
    return this.#run(act, null, 'cases.openCase', { service, fields })
  }

  #act(act: ExampleAct, acted: ActedCase, place: JsonObject): ActOutcome {
    const code = this.#codeOf(acted.serviceCase)
    const form = serviceOf(code).steps[act.step ?? '']?.form
    const input: JsonObject = { ...place }
    if (act.outcome !== undefined) input.outcome = act.outcome
    if (act.fields !== undefined) {
      input.fields = this.#withMembers(act.fields, form?.fields ?? {})
    }
    if (act.rows !== undefined && form?.batch !== undefined) {
      input.batch = this.#vault.sealBatch(code, form.batch, act.rows as readonly JsonObject[])
    }
    const sealed = this.#sealed(code, act)
    return this.#run(act, null, 'cases.actOnStep', { ...input, ...sealed })
  }

  #sealed(code: CompiledPackage, { sections }: ExampleAct): JsonObject {
    return sections === undefined ? {} : this.#vault.sealRecord(code, sections)
  }

  #determine(
    act: ExampleAct,
    { serviceCase }: ActedCase,
    step: Step | undefined,
    place: JsonObject,
  ): ActOutcome {
    if (step === undefined) return this.#run(act, null, 'cases.determineStep', emptyOf(place))
    const code = this.#codeOf(serviceCase)
    const input = { case: serviceCase.id, n: step.n }
    const answer = this.#world.ask(memberIdOf(act.by), 'cases.getStep', input)
    if (!answer.ok) return { code: answer.code, data: answer.data, events: [], fault: answer.fault }
    const asked = (answer.data as JsonObject).determination as unknown as StepDetermination | null
    if (asked === null) return this.#run(act, step, 'cases.determineStep', emptyOf(place))
    try {
      const given = { code, serviceCase, asked }
      const made = determineForExample(this.#world, this.#vault, this.#accounts, given)
      if (made === undefined) return notPlayed('rows of the batch are not in the example')
      const parts = falsified(made.parts, act.falsify)
      return this.#run(act, step, 'cases.determineStep', { ...place, ...parts })
    } catch (error) {
      if (!(error instanceof DeterminationFailed)) throw error
      return { code: error.code, data: { subject: error.subject }, events: [], fault: error }
    }
  }

  #arrive(act: ExampleAct, acted: ActedCase | undefined): ActOutcome {
    const { arrived } = act
    if (arrived === undefined) return notPlayed('the act says not what arrived')
    const credit = { amount: arrived.amount, valueDate: arrived.on, entry: this.#vault.draw() }
    if (act.step === undefined) {
      const book = arrived.book ?? ''
      const unknown = { expectation: null, account: 'unknown', book }
      return this.#run(act, null, 'cases.recordArrival', { ...credit, ...unknown })
    }
    const step = findOpenStep(acted?.steps ?? [], act.step, memberIdOf(act.by))
    const id = step?.wait?.kind === 'payment' ? step.wait.id : undefined
    if (acted === undefined || id === undefined) return notPlayed('the step waits for no payment')
    const sealed = this.#sealed(this.#codeOf(acted.serviceCase), act)
    return this.#run(act, step, 'cases.recordArrival', { ...credit, expectation: id, ...sealed })
  }

  #settle(act: ExampleAct, step: Step | undefined): ActOutcome {
    const id = step?.wait?.kind === 'settlement' ? step.wait.id : undefined
    const { settled } = act
    if (id === undefined || settled === undefined) {
      return notPlayed('the step waits for no settlement')
    }
    const attempt = this.#world.state(payments).find(id)?.attempt ?? 1
    const state = TIDINGS[settled.state]
    const reason = settled.reason === undefined ? {} : { reason: settled.reason }
    const told = { payment: id, attempt, state, on: settled.on, ...reason }
    return this.#run(act, step, 'cases.recordSettlement', told)
  }

  #run(act: ExampleAct, step: Step | null | undefined, action: string, input: JsonObject) {
    const name = act.step ?? step?.step
    const definition = this.#definitionOf(act, name)
    const roles = rolesOf(this.#documents)
    const unit = definition?.by?.unit ?? null
    return this.#world.run(exampleSigner(act.by, act.officer, roles, unit), action, input)
  }

  #definitionOf(act: ExampleAct, name: string | undefined) {
    const acted = this.#actedCase(act)
    if (acted === undefined || name === undefined) return undefined
    return serviceOf(this.#codeOf(acted.serviceCase)).steps[name]
  }

  #codeOf({ service }: Case): CompiledPackage {
    const code = this.#codes.get(service)
    if (code === undefined) throw new Error(`no package ${service}`)
    return code
  }

  #actedCase(act: ExampleAct): ActedCase | undefined {
    const id = this.#cases.get(act.case ?? THE_CASE)
    const serviceCase = id === undefined ? undefined : findCase(this.#world.view, id)
    if (serviceCase === undefined) return undefined
    return { serviceCase, steps: stepsOf(this.#world.view, serviceCase.id) }
  }

  /** Learns the ids of cases that the act opened: its own, and children under their names. */
  #remember(act: ExampleAct, { code, data }: ActOutcome): void {
    if (act.do === 'open' && code === 'OK') {
      const id = (data as JsonObject).case
      if (typeof id === 'string') {
        this.#cases.set(act.case ?? THE_CASE, id)
        if (!this.#cases.has(THE_CASE)) this.#cases.set(THE_CASE, id)
      }
    }
    for (const id of [...this.#cases.values()]) {
      const children = findCase(this.#world.view, id)?.children ?? {}
      for (const [name, child] of Object.entries(children)) this.#cases.set(name, child)
    }
  }

  /** Names of the example's members, where a field is a member, as member ids. */
  #withMembers(
    fields: Readonly<Record<string, unknown>>,
    types: Readonly<Record<string, { readonly type: string; readonly fields?: object }>>,
  ): JsonObject {
    const made: JsonObject = {}
    for (const [name, value] of Object.entries(fields)) {
      const isPlain = types[name]?.type !== 'member' && types[name]?.fields === undefined
      made[name] = isPlain ? (value as Json) : this.#memberIds(value as Json)
    }
    return made
  }

  #memberIds(value: Json): Json {
    if (typeof value === 'string') {
      return Object.hasOwn(this.#example.world.members, value) ? memberIdOf(value) : value
    }
    if (Array.isArray(value)) return value.map((one) => this.#memberIds(one))
    if (typeof value !== 'object' || value === null) return value
    const made: JsonObject = {}
    for (const [name, inner] of Object.entries(value)) made[name] = this.#memberIds(inner)
    return made
  }
}

function notPlayed(why: string): ActOutcome {
  return { code: NOT_PLAYED, data: { why }, events: [], fault: undefined }
}

/** A submission for a step that asks for none: the contract says why not. */
function emptyOf(place: JsonObject): JsonObject {
  const digest = '0'.repeat(64)
  const nothing = { inputs: {}, outputs: {}, outcomes: { root: digest, count: 0 } }
  return { ...place, ...nothing, subledger: null, trace: digest }
}

function falsified(parts: JsonObject, changes: ExampleAct['falsify']): JsonObject {
  if (changes === undefined) return parts
  return { ...parts, outputs: { ...(parts.outputs as JsonObject), ...(changes as JsonObject) } }
}

const rolesOfDocuments = new WeakMap<readonly PackageDocument[], readonly string[]>()

/** Every officer role that the packages name: an example's officers have all of them. */
function rolesOf(documents: readonly PackageDocument[]): readonly string[] {
  let roles = rolesOfDocuments.get(documents)
  if (roles === undefined) {
    const named = new Set<string>()
    for (const { service } of documents) {
      if (service === null) continue
      if (service.opens.role !== undefined) named.add(service.opens.role)
      for (const { by } of Object.values(service.steps)) {
        if (by?.role !== undefined) named.add(by.role)
      }
    }
    roles = [...named].sort()
    rolesOfDocuments.set(documents, roles)
  }
  return roles
}

const compiledDocuments = new WeakMap<PackageDocument, CompiledPackage>()

/** Compiles packages, libraries before those that use them; each document once. */
function compileAll(documents: readonly PackageDocument[]): ReadonlyMap<string, CompiledPackage> {
  const compiled = new Map<string, CompiledPackage>()
  const compile = (document: PackageDocument, depth: number): CompiledPackage => {
    const known = compiled.get(document.name)
    if (known !== undefined) return known
    if (depth > documents.length) throw new Error(`${document.name} uses itself`)
    const used: CompiledPackage[] = []
    for (const name of document.uses) {
      const library = documents.find((other) => other.name === name)
      if (library !== undefined) used.push(compile(library, depth + 1))
    }
    const made = compileOnce(document, used)
    compiled.set(document.name, made)
    return made
  }
  for (const document of documents) compile(document, 0)
  return compiled
}

function compileOnce(document: PackageDocument, used: readonly CompiledPackage[]): CompiledPackage {
  const before = compiledDocuments.get(document)
  const isSame =
    before !== undefined &&
    before.uses.size === used.length &&
    used.every((library) => before.uses.get(library.document.name) === library)
  if (isSame) return before
  const compiled = compilePackage(document, used)
  compiledDocuments.set(document, compiled)
  return compiled
}
