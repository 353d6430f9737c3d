/*
 * A world for the tests of this module: the real executor, one action that does what a test says, the
 * chart of an annuity plan, and the worked example of its domain page.
 *
 * @source domain/annuity.md sections 9 and 11
 */
import { type JsonObject, ledgerHash, toHex, utf8 } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { createTestWorld, type TestWorld, testContracts, testSigner } from '@renshe/kernel/testing'
import { Type } from 'typebox'
import type { ChartDefinition } from '../catalogue/package-document.ts'
import { fenFromYuan } from '../vocabulary/money.ts'
import { digitsOf } from './exact.ts'
import published from './fixtures/annuity-batch-example.json' with { type: 'json' }
import { openBook } from './open-book.ts'
import { postJournal } from './post-journal.ts'
import { balances, books, type SubledgerHead, type SubledgerPosting } from './records.ts'
import { fundsBook } from './rule-book.ts'
import {
  type AccountBalance,
  type AccountEntry,
  type AccountLine,
  applyLines,
} from './subledger.ts'
import { type SubledgerTree, type SubledgerTreeKind, subledgerTree } from './subledger-trees.ts'
import type { BookTerms, JournalTerms } from './terms.ts'

interface FenLine {
  readonly side: 'debit' | 'credit'
  readonly account: string
  readonly amount: string
}

interface UnitLine {
  readonly side: 'debit' | 'credit'
  readonly account: string
  readonly units: string
}

export interface ExampleJournal {
  readonly message: number
  readonly what: string
  readonly fen: readonly FenLine[]
  readonly units?: readonly UnitLine[]
}

export interface ExampleLine {
  readonly person: string
  readonly name: string
  readonly part: string
  readonly account: string
  readonly cost: string
  readonly taxedCost: string
  readonly units: string
  readonly residue: string
}

interface AnnuityExample {
  readonly plan: { readonly unitDecimals: number; readonly navDecimals: number }
  readonly batch: Readonly<Record<string, string>> & {
    readonly dealingDayNav: string
    readonly carriedBefore: string
    readonly carriedAfter: string
    readonly unitsTotal: string
    readonly residue: string
  }
  readonly lines: readonly ExampleLine[]
  readonly journals: readonly ExampleJournal[]
  readonly after: { readonly balances: Readonly<Record<string, string>> }
  readonly redemption: {
    readonly units: string
    readonly exactValue: string
    readonly carriedAfter: string
    readonly journals: readonly ExampleJournal[]
  }
}

export const example = published as unknown as AnnuityExample

/** The chart of accounts of an annuity plan. */
export const ANNUITY_CHART: ChartDefinition = {
  accounts: [
    { no: '1001', name: 'custodyCash', side: 'debit', measure: 'fen', neverNegative: true },
    { no: '1101.*', name: 'portfolioAssets', side: 'debit', measure: 'fen' },
    { no: '2001', name: 'contributionsReceived', side: 'credit', measure: 'fen' },
    { no: '2002', name: 'suspense', side: 'credit', measure: 'fen' },
    { no: '2101', name: 'redemptionsPayable', side: 'credit', measure: 'fen' },
    { no: '2102', name: 'feesPayable', side: 'credit', measure: 'fen' },
    { no: '2103', name: 'taxPayable', side: 'credit', measure: 'fen' },
    { no: '2201', name: 'enterpriseCash', side: 'credit', measure: 'fen' },
    { no: '3001', name: 'memberEmployer', side: 'credit', measure: 'fen' },
    { no: '3002', name: 'memberVested', side: 'credit', measure: 'fen' },
    { no: '3003', name: 'memberEmployee', side: 'credit', measure: 'fen' },
    { no: '3101', name: 'enterpriseUnits', side: 'credit', measure: 'fen' },
    { no: '3901', name: 'valueChange', side: 'either', measure: 'fen' },
    { no: '3902', name: 'unitResidue', side: 'debit', measure: 'fen' },
    { no: 'U1', name: 'unitsInIssue', side: 'debit', measure: 'units', neverNegative: true },
    { no: 'U2', name: 'memberUnits', side: 'credit', measure: 'units', neverNegative: true },
    { no: 'U3', name: 'enterpriseUnits', side: 'credit', measure: 'units', neverNegative: true },
  ],
  equalities: [{ left: ['U1'], right: ['U2', 'U3'] }],
  subledger: { cost: ['3001', '3002', '3003'], units: 'U2' },
  suspense: { debit: '1001', credit: '2002' },
}

export const BOOK = 'CN-2026-0001'
export const CASE = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** Terms of a plan's book. */
export function bookTerms(changes: Partial<BookTerms> = {}): BookTerms {
  return {
    book: BOOK,
    chart: { package: 'ab'.repeat(32), name: 'annuity' },
    definition: ANNUITY_CHART,
    unitPlaces: 4,
    navPlaces: 4,
    owner: 'acc-0001',
    custodian: 'cus-0001',
    caseId: null,
    ...changes,
  }
}

/** A world in which a test's function is the contract. */
export interface FundsWorld {
  readonly world: TestWorld
  /** Executes the function as a transaction that must succeed; gives what it gave. */
  act<T>(body: (ctx: Context) => T): T
  /** Executes it as a transaction that must be refused without a trace; gives code and facts. */
  refuses(body: (ctx: Context) => unknown): JsonObject
  balance(account: string, book?: string): string | undefined
}

/** An action that does what a function says. */
export function testAction(body: (ctx: Context) => void) {
  return action({
    name: 'test.act',
    summary: 'Does what the test says.',
    input: Type.Object({}),
    run(ctx: Context) {
      body(ctx)
      return undefined
    },
  })
}

/** Makes an empty world. */
export function createFundsWorld(
  parts: Partial<Parameters<typeof testContracts>[0]> = {},
): FundsWorld {
  let body: (ctx: Context) => void = () => undefined
  const anything = testAction((ctx) => body(ctx))
  const { actions = [], collections = [], ...rest } = parts
  const contracts = testContracts({
    ...rest,
    actions: [anything, ...actions],
    collections: [...fundsBook.collections, ...collections],
  })
  const world = createTestWorld({ contracts })
  const signer = testSigner({ member: 'tru-0001' })
  return {
    world,
    act<T>(next: (ctx: Context) => T): T {
      let given: T | undefined
      body = (ctx) => {
        given = next(ctx)
      }
      world.does(signer, anything, {})
      return given as T
    },
    refuses(next) {
      body = (ctx) => {
        next(ctx)
      }
      return world.refuses(signer, anything, {})
    },
    balance: (account, book = BOOK) => world.state(balances).find([book, account])?.amount,
  }
}

/** A world with the plan's book open. */
export function createBookWorld(changes: Partial<BookTerms> = {}): FundsWorld {
  const funds = createFundsWorld()
  funds.act((ctx) => openBook(ctx, bookTerms(changes)))
  return funds
}

/** Scale of the worked example's plan. */
export const SCALE = { unitPlaces: 4, residuePlaces: 8 }

/** A commitment for tests, of whatever text. */
export function commitmentOf(text: string): string {
  return toHex(ledgerHash('value', utf8(text)))
}

/** Account id of a person of the example. */
export function accountOf(person: string): string {
  return commitmentOf(`account ${person}`).slice(0, 32)
}

/** A line in the text spellings of the example. */
export interface LineText {
  readonly person: string
  readonly part: string
  readonly account: string
  readonly cost: string
  readonly taxedCost?: string
  readonly units: string
  readonly residue?: string
}

/** A line of the sub-ledger from texts. */
export function lineOf(text: LineText): AccountLine {
  return {
    account: accountOf(text.person),
    part: text.part,
    chart: text.account,
    costFen: fenFromYuan(text.cost),
    taxedCostFen: fenFromYuan(text.taxedCost ?? '0.00'),
    units: digitsOf(text.units, SCALE.unitPlaces),
    residue: digitsOf(text.residue ?? '0.00000000', SCALE.residuePlaces),
  }
}

/** Plays the owner of a sub-ledger: keeps the accounts and makes what it would submit. */
export class Keeper {
  balances: ReadonlyMap<string, AccountBalance> = new Map()
  tree: SubledgerTree = subledgerTree('balance', [])
  entries: readonly AccountEntry[] = []

  /** The posting of these lines after the sub-ledger's head; the keeper goes on from it. */
  post(head: SubledgerHead, lines: readonly AccountLine[]): SubledgerPosting {
    const applied = applyLines(this.balances, lines, { journal: head.next, scale: SCALE })
    const sealed = (kind: SubledgerTreeKind, { account, version }: AccountEntry) => ({
      account,
      version,
      level: 2,
      commitment: commitmentOf(`${kind} ${account} ${version}`),
    })
    this.balances = applied.balances
    this.entries = [...this.entries, ...applied.entries]
    this.tree = this.tree.with(applied.entries.map((entry) => sealed('balance', entry)))
    const entries = subledgerTree(
      'entry',
      applied.entries.map((entry) => sealed('entry', entry)),
    )
    const { delta, sum, residue } = applied
    return {
      entries: entries.head,
      balances: this.tree.head,
      delta,
      sum,
      residue,
      previous: head.previous,
    }
  }
}

/** The sub-ledger's head as it stands in a test world. */
export function headOf(world: TestWorld, book = BOOK): SubledgerHead {
  const head = world.state(books).get(book).subledger
  if (head === null) throw new Error('the book keeps no sub-ledger')
  return head
}

/** Debit and credit lines of a journal of the example. */
export function linesOf(journal: ExampleJournal): Pick<JournalTerms, 'debit' | 'credit'> {
  const lines = [
    ...journal.fen,
    ...(journal.units ?? []).map(({ side, account, units }) => ({ side, account, amount: units })),
  ]
  const of = (wanted: string) =>
    lines.filter(({ side }) => side === wanted).map(({ account, amount }) => ({ account, amount }))
  return { debit: of('debit'), credit: of('credit') }
}

/** Terms of a journal with a few lines. */
export function journalTerms(changes: Partial<JournalTerms> = {}): JournalTerms {
  return {
    book: BOOK,
    kind: 'contribution',
    caseId: CASE,
    step: 'allocate',
    debit: [],
    credit: [],
    ...changes,
  }
}

/** Posts a journal that must be fine. */
export function post(funds: FundsWorld, terms: Partial<JournalTerms>): string {
  return funds.act((ctx) => postJournal(ctx, journalTerms(terms)))
}

/** A plan that carries 0.00962408 of residue from earlier months. */
export function openedPlan(): { funds: FundsWorld; keeper: Keeper } {
  const funds = createBookWorld()
  const keeper = new Keeper()
  const opening = { ...keeper.post(headOf(funds.world), []), residue: example.batch.carriedBefore }
  post(funds, { kind: 'opening', subledger: opening })
  return { funds, keeper }
}

/** A plan after the worked example's month: the journals of messages 14, 16 and 18. */
export function allocated(): { funds: FundsWorld; keeper: Keeper } {
  const { funds, keeper } = openedPlan()
  for (const journal of example.journals) {
    const subledger =
      journal.what === 'allocation'
        ? keeper.post(headOf(funds.world), example.lines.map(lineOf))
        : null
    post(funds, { ...linesOf(journal), subledger })
  }
  return { funds, keeper }
}
