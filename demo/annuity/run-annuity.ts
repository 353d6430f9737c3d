import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes, JsonObject, RandomSource } from '@renshe/crypto'
import { foundConsortium, type Host, openHost } from '@renshe/node'
import { BankProcess } from './bank-process.ts'
import { DEMONSTRATION_START, demonstrationTerms, PARTS, type Part } from './consortium.ts'
import { carryMonth, openYear } from './contribution-month.ts'
import { makeStatement, type SavedStatement, seenHead } from './member-statement.ts'
import type { MonthRows } from './month-rows.ts'
import { ACCOUNTS, PLAN, setUpPlan } from './set-up-plan.ts'
import { type Cast, Story, type StoryLine, type StoryStep } from './story.ts'

/** How the demonstration is run. */
export interface AnnuityDemonstration {
  /** Empty or absent folder that the consortium is founded in. */
  readonly dataFolder: string
  /** Canonical bytes of the packages, libraries first. */
  readonly packages: readonly Bytes[]
  readonly month: MonthRows
  readonly random: RandomSource
  /** Threads that verify signatures; 0: in this one. */
  readonly verifyThreads?: number
  readonly onLine?: (line: StoryLine) => void
  readonly onNotice?: (notice: string) => void
}

/** What `renshe demo annuity --json` prints; money as yuan strings. */
export interface AnnuityOutcome {
  readonly steps: readonly StoryStep[]
  readonly totals: {
    readonly members: number
    readonly billed: string
    readonly arrived: string
    readonly allocated: string
    readonly units: string
    readonly residue: string
  }
  /** Bill, cash and units agree, and so do all books. */
  readonly balanced: boolean
  /** Path of a member's statement. */
  readonly evidence: string
  readonly page: string
  readonly heads: string
  readonly chain: string
  readonly height: number
}

/** Founds the consortium, carries one contribution month, and makes one person's statement. */
export async function runAnnuity(settings: AnnuityDemonstration): Promise<AnnuityOutcome> {
  const { dataFolder, packages, random, month } = settings
  mkdirSync(dataFolder, { recursive: true })
  const bankFolder = join(dataFolder, 'demonstration-bank')
  await foundConsortium(demonstrationTerms({ dataFolder, packages, random, bankFolder }))
  const bank = await BankProcess.start(bankFolder, bankScenario(month))
  const host = await openHost({
    dataFolder,
    blockDelayMs: 0,
    verifyThreads: settings.verifyThreads ?? 0,
    startAt: DEMONSTRATION_START,
    onNotice: settings.onNotice ?? (() => {}),
  })
  try {
    const cast = castOf(host)
    const story = new Story(() => host.clock.now(), settings.onLine ?? (() => {}))
    await setUpPlan(host, cast, story)
    const seen = seenHead(host, cast)
    await openYear(host, cast, story, month)
    const contribution = await carryMonth(host, cast, story, month, bank)
    await host.snapshot()
    const saved = makeStatement(host, cast, join(dataFolder, 'evidence'), seen)
    return outcomeOf(host, cast, story, contribution, saved)
  } finally {
    await host.stop()
    await bank.stop()
  }
}

function castOf(host: Host): Cast {
  const members = Object.entries(PARTS).map(([part, id]) => [part, host.member(id)])
  return Object.fromEntries(members) as Record<Part, ReturnType<Host['member']>>
}

/** Both accounts are with one bank, so that a payment arrives on the day it is made. */
function bankScenario({ declaredPayroll }: MonthRows) {
  return {
    date: '2026-01-15',
    accounts: [
      {
        account: ACCOUNTS.payer.accountNo,
        name: ACCOUNTS.payer.accountName,
        balance: declaredPayroll,
        customer: 'payers',
      },
      {
        account: ACCOUNTS.custody.accountNo,
        name: ACCOUNTS.custody.accountName,
        balance: '0.00',
        customer: 'custody',
      },
    ],
    rules: [],
    incoming: [],
  }
}

function outcomeOf(
  host: Host,
  cast: Cast,
  story: Story,
  contribution: string,
  saved: SavedStatement,
): AnnuityOutcome {
  const { values } = (
    cast.trustee.ask('cases.getCase', { case: contribution }) as { case: { values: JsonObject } }
  ).case
  const steps = stepValues(cast, contribution)
  const value = (name: string): string => String(steps[name] ?? values[name] ?? '')
  const trial = cast.supervisor.ask('funds.getTrialBalance', {
    book: PLAN,
  }) as unknown as TrialBalance
  const allocated = sumYuan([
    value('memberEmployer'),
    value('memberVested'),
    value('memberEmployee'),
  ])
  const billed = value('billTotal')
  const arrived = value('arrivedAmount')
  return {
    steps: story.steps,
    totals: {
      members: saved.accounts,
      billed,
      arrived,
      allocated,
      units: value('unitsBought'),
      residue: value('residue'),
    },
    balanced: billed === arrived && billed === allocated && isBalanced(trial),
    evidence: saved.file,
    page: saved.page,
    heads: saved.heads,
    chain: host.chain,
    height: cast.trustee.ledger.finalHeight,
  }
}

/** The books as `funds.getTrialBalance` shows them. */
interface TrialBalance {
  readonly fen: { readonly debit: string; readonly credit: string }
  readonly units: { readonly debit: string; readonly credit: string }
  readonly equalities: readonly { readonly leftSum: string; readonly rightSum: string }[]
}

function isBalanced({ fen, units, equalities }: TrialBalance): boolean {
  return (
    fen.debit === fen.credit &&
    units.debit === units.credit &&
    equalities.every(({ leftSum, rightSum }) => leftSum === rightSum)
  )
}

/** Newest values of the steps of a case by name. */
function stepValues(cast: Cast, id: string): JsonObject {
  const { steps } = cast.trustee.ask('cases.getCase', { case: id }) as {
    steps: { values: JsonObject }[]
  }
  return Object.assign({}, ...steps.map((step) => step.values)) as JsonObject
}

/** Exact sum of yuan texts. */
function sumYuan(texts: readonly string[]): string {
  const fen = texts.reduce((sum, text) => sum + BigInt(text.replace('.', '') || '0'), 0n)
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
