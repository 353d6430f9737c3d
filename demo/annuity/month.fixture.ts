/* The demonstration's month with its parts in the hands of a test: founded once, resumed as often as it takes. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Bytes } from '@renshe/crypto'
import { foundConsortium, type Host, openHost } from '@renshe/node'
import { generatePayroll, type PayrollRow } from '../payroll.ts'
import { SAMPLE_SEED } from '../sample-payrolls.ts'
import { BankProcess } from './bank-process.ts'
import { DEMONSTRATION_START, demonstrationTerms, PARTS, type Part } from './consortium.ts'
import { carryMonth, openYear } from './contribution-month.ts'
import type { MonthRows } from './month-rows.ts'
import { ACCOUNTS, setUpPlan } from './set-up-plan.ts'
import { type Cast, Story, type Telling } from './story.ts'

/** People of the test's month; the sample file of twelve has the same. */
export const PEOPLE: readonly PayrollRow[] = [
  ...generatePayroll({ people: 12, period: '2026-01', seed: SAMPLE_SEED }),
]

const MONTH: MonthRows = {
  count: PEOPLE.length,
  rows: () => PEOPLE.map((row) => ({ ...row })),
  declaredPayroll: '3600000.00',
  payroll: fileURLToPath(new URL('../payrolls/2026-01-12-people.xlsx', import.meta.url)),
}

/** A month at work. */
export interface OpenMonth {
  readonly host: Host
  readonly cast: Cast
  readonly bank: BankProcess
  /** Ends both; again without effect. */
  stop(): Promise<void>
}

/** Founds the demonstration's consortium in an empty folder. */
export async function foundMonth(dataFolder: string, packages: readonly Bytes[]): Promise<void> {
  mkdirSync(dataFolder, { recursive: true })
  const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
  const bankFolder = bankFolderOf(dataFolder)
  await foundConsortium(demonstrationTerms({ dataFolder, packages, random, bankFolder }))
}

/** Starts the bank and the host of a founded consortium, wherever its month stands. */
export async function openMonth(
  dataFolder: string,
  onNotice: (notice: string) => void = () => {},
  bankProgram?: string,
): Promise<OpenMonth> {
  if (!existsSync(join(dataFolder, 'genesis.json'))) throw new RangeError('nothing was founded')
  const bank = await startBank(bankFolderOf(dataFolder), bankProgram)
  const host = await openHost({
    dataFolder,
    blockDelayMs: 0,
    verifyThreads: 0,
    startAt: DEMONSTRATION_START,
    onNotice,
  })
  const members = Object.entries(PARTS).map(([part, id]) => [part, host.member(id)])
  const cast = Object.fromEntries(members) as Record<Part, ReturnType<Host['member']>>
  let stopping: Promise<void> | undefined
  const end = async (): Promise<void> => {
    await host.stop()
    await bank.stop()
  }
  const stop = (): Promise<void> => {
    stopping ??= end()
    return stopping
  }
  return { host, cast, bank, stop }
}

/** Tells the whole story: plan, year, one contribution month. Returns the case of the month. */
export async function tellMonth({ host, cast, bank }: OpenMonth, story: Story): Promise<string> {
  await setUpPlan(host, cast, story)
  await openYear(host, cast, story, MONTH)
  const contribution = await carryMonth(host, cast, story, MONTH, bank)
  await host.snapshot()
  return contribution
}

/** A story in which a test does something of its own before a step is told. */
export class WatchedStory extends Story {
  readonly #before: (step: string) => Promise<void>

  constructor(host: Host, before: (step: string) => Promise<void>) {
    super(
      () => host.clock.now(),
      () => {},
    )
    this.#before = before
  }

  override async tell<Result extends { readonly height: number } | undefined>(
    telling: Telling,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await this.#before(telling.name)
    return super.tell(telling, work)
  }
}

/** Folder of the bank's process and of the files exchanged with it. */
export function bankFolderOf(dataFolder: string): string {
  return join(dataFolder, 'demonstration-bank')
}

const BANK_TRIES = 40

/** A bank whose host was killed a moment ago may still hold its folder. */
async function startBank(folder: string, program?: string): Promise<BankProcess> {
  for (let left = BANK_TRIES; ; left--) {
    try {
      return await BankProcess.start(folder, SCENARIO, program === undefined ? {} : { program })
    } catch (error) {
      if (left === 0) throw error
      await sleep(100)
    }
  }
}

const SCENARIO = {
  date: '2026-01-15',
  accounts: [
    {
      account: ACCOUNTS.payer.accountNo,
      name: ACCOUNTS.payer.accountName,
      balance: MONTH.declaredPayroll,
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
