/*
 * A world for the tests of this module: the real executor on a state in memory, which fails a test whose
 * refusal wrote anything, with the packages of the fictional library published.
 */
import type { Json, JsonObject } from '@renshe/crypto'
import type { Signer } from '@renshe/kernel'
import {
  createTestWorld,
  type TestOutcome,
  type TestWorld,
  testContracts,
  testReader,
  testSigner,
} from '@renshe/kernel/testing'
import { type CompiledPackage, compilePackage } from '../../catalogue/compiled-package.ts'
import type { CaseExample, PackageDocument } from '../../catalogue/package-document.ts'
import { startOfDay } from '../../vocabulary/civil-date.ts'
import { determineForExample, ExampleAccounts } from '../example/example-determination.ts'
import { instantOfMoment } from '../example/example-names.ts'
import { ExampleVault } from '../example/example-sealing.ts'
import { foundExample } from '../example/example-setup.ts'
import { type Case, cases, type Step, steps } from '../records.ts'
import { casesBook } from '../rule-book.ts'
import { BOOK_ORDER } from './book-order.ts'
import { WHOLE_ORDER } from './book-order-examples.ts'
import { LIBRARY_CARD } from './library-card.ts'
import { LIBRARY_RULES } from './library-rules.ts'
import { SHELF_NOTE } from './shelf-note.ts'

/** A member's officer with every role of the library's services. */
export function officerOf(member: string, name = 'officer-1', unit: string | null = null): Signer {
  return testSigner({ member, kind: 'officer', name, roles: ['buyer', 'librarian'], unit })
}

/** Packages of the library compiled, with changes in one of them. */
export function compileLibrary(changed: readonly PackageDocument[] = []): CompiledPackage[] {
  const pick = (document: PackageDocument): PackageDocument =>
    changed.find(({ name }) => name === document.name) ?? document
  const rules = compilePackage(pick(LIBRARY_RULES), [])
  const known = [LIBRARY_RULES, LIBRARY_CARD, BOOK_ORDER, SHELF_NOTE].map(({ name }) => name)
  const others = changed.filter(({ name }) => !known.includes(name))
  const services = [pick(LIBRARY_CARD), pick(BOOK_ORDER), pick(SHELF_NOTE), ...others]
  return [rules, ...services.map((service) => compilePackage(service, [rules]))]
}

/** How a {@link LibraryWorld} begins. */
export interface LibrarySettings {
  readonly packages?: readonly PackageDocument[]
  /** `YYYY-MM-DDThh:mm`, UTC+08:00. */
  readonly at?: string
  readonly world?: CaseExample['world']
}

/** Makes a world in which the library's packages are published. */
export function libraryWorld(settings: LibrarySettings = {}): LibraryWorld {
  return new LibraryWorld(settings)
}

/** The library's ledger, with short words for what tests do most. */
export class LibraryWorld {
  readonly ledger: TestWorld
  readonly vault = new ExampleVault('library-world')
  readonly accounts = new ExampleAccounts()
  readonly #compiled: readonly CompiledPackage[]

  constructor({
    packages = [],
    at = '2026-09-25T10:00',
    world = WHOLE_ORDER.world,
  }: LibrarySettings) {
    this.#compiled = compileLibrary(packages)
    const example = { ...WHOLE_ORDER, world }
    this.ledger = createTestWorld({
      contracts: testContracts({
        actions: casesBook.actions,
        queries: casesBook.queries,
        collections: casesBook.collections,
        found: (ctx) => foundExample(ctx, this.#compiled, example),
      }),
      genesis: {},
      time: instantOfMoment(at, startOfDay),
    })
  }

  /** The compiled package of a service. */
  codeOf(service: string): CompiledPackage {
    return this.#compiled.find(({ document }) => document.name === service) as CompiledPackage
  }

  /** Opens a case and gives its id. */
  open(member: string, service: string, fields: JsonObject): string {
    const data = this.ledger.does(officerOf(member), 'cases.openCase', { service, fields })
    return (data as JsonObject).case as string
  }

  /** Does an action that must succeed. */
  does(signer: Signer | string, action: string, input: JsonObject): JsonObject {
    const by = typeof signer === 'string' ? officerOf(signer) : signer
    return this.ledger.does(by, action, input) as JsonObject
  }

  /** Does an action that must be refused; nothing is written then. */
  refuses(signer: Signer | string, action: string, input: JsonObject): JsonObject {
    const by = typeof signer === 'string' ? officerOf(signer) : signer
    return this.ledger.refuses(by, action, input)
  }

  /** Does an action, whatever comes of it. */
  tries(signer: Signer | string, action: string, input: JsonObject): TestOutcome {
    const by = typeof signer === 'string' ? officerOf(signer) : signer
    return this.ledger.run(by, action, input)
  }

  /** Asks a query as somebody of a member. */
  asks(member: string | null, query: string, input: JsonObject): Json {
    const answer = this.ledger.ask(testReader({ member }), query, input)
    return answer.ok ? answer.data : { code: answer.code, data: answer.data }
  }

  caseOf(id: string): Case {
    return this.ledger.state(cases).get(id)
  }

  stepsOf(id: string): Step[] {
    return [...this.ledger.state(steps).range({ prefix: [id] })].map(([, step]) => step)
  }

  /** Names of the open steps, ascending. */
  openStepsOf(id: string): string[] {
    const open = this.stepsOf(id).filter(
      ({ status }) => status !== 'done' && status !== 'cancelled',
    )
    return open.map(({ step }) => step).sort()
  }

  /** The newest instance of a step. */
  stepOf(id: string, name: string): Step {
    return this.stepsOf(id).findLast(({ step }) => step === name) as Step
  }

  /** What a member computes for an open determination step: the input of `cases.determineStep`. */
  determination(id: string, name: string): JsonObject {
    const serviceCase = this.caseOf(id)
    const { n } = this.stepOf(id, name)
    const answer = this.asks('city-library', 'cases.getStep', { case: id, n }) as JsonObject
    const world = { view: { state: this.ledger.state.bind(this.ledger) } }
    const made = determineForExample(world as never, this.vault, this.accounts, {
      code: this.codeOf(serviceCase.service),
      serviceCase,
      asked: answer.determination as never,
    })
    return { case: id, step: name, ...made?.parts }
  }

  /** Moves time to a moment of UTC+08:00; the next transaction is one second later. */
  advanceTo(moment: string): void {
    this.ledger.advanceTo(instantOfMoment(moment, startOfDay))
  }
}
