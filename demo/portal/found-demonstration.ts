/* Founds the demonstration that a browser drives: plan, accounts and earlier months, up to the visitor's own. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes, JsonObject } from '@renshe/crypto'
import { foundConsortium, type Host, openHost, VaultTree } from '@renshe/node'
import { BankProcess } from '../annuity/bank-process.ts'
import { DEMONSTRATION_START, demonstrationTerms } from '../annuity/consortium.ts'
import { openYear } from '../annuity/contribution-month.ts'
import { ACCOUNTS, setUpPlan } from '../annuity/set-up-plan.ts'
import { Story } from '../annuity/story.ts'
import type { Scenario } from '../bank/scenario.ts'
import { EARLIER_MONTHS, type MonthTerms, VISITORS_START } from './months.ts'
import { playThrough } from './play-scene.ts'
import { SAMPLE_PEOPLE, SAMPLE_WORKER, sampleMonth } from './sample-month.ts'
import type { Words } from './scene.ts'
import { castOf, type World } from './world.ts'

/** How a demonstration is founded. */
export interface Founding {
  /** Absent or empty folder. */
  readonly folder: string
  /** Canonical bytes of the packages, libraries first. */
  readonly packages: readonly Bytes[]
  /** Fewer people for a test. */
  readonly people?: number
  /** Hears what is being done. */
  readonly onProgress?: (words: Words) => void
}

/** A host and its bank at work. */
export interface OpenParts {
  readonly host: Host
  readonly bank: BankProcess
  /** Ends both. */
  readonly stop: () => Promise<void>
}

/** Estimate of the year: about twelve months of 6.75 million yuan of wages, with room for raises. */
const DECLARED_PAYROLL = '90000000.00'
const PAYER_BALANCE = '50000000.00'

/** Where the bank keeps its books and exchanges files. */
export function bankFolderOf(folder: string): string {
  return join(folder, 'demonstration-bank')
}

/**
 * Founds the consortium and carries it to the morning of the visitor's month; ends stopped.
 *
 * @returns the record of the worker's account
 */
export async function foundDemonstration(founding: Founding): Promise<string> {
  const { folder, packages, people = SAMPLE_PEOPLE, onProgress = () => {} } = founding
  mkdirSync(folder, { recursive: true })
  onProgress({ zh: '建立联盟，八个机构', en: 'founding the consortium of eight organisations' })
  const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
  const bankFolder = bankFolderOf(folder)
  await foundConsortium(demonstrationTerms({ dataFolder: folder, packages, random, bankFolder }))
  const open = await openParts(folder)
  try {
    await carryToVisitor(open, { people, onProgress })
    return workersAccount(open.host)
  } finally {
    await open.stop()
  }
}

async function carryToVisitor(
  { host, bank }: OpenParts,
  { people, onProgress }: Required<Pick<Founding, 'people' | 'onProgress'>>,
): Promise<void> {
  const cast = castOf(host)
  const story = new Story(
    () => host.clock.now(),
    () => {},
  )
  onProgress({ zh: '建立企业年金计划', en: 'setting up the annuity plan' })
  await setUpPlan(host, cast, story)
  onProgress({ zh: `为 ${people} 人建立个人账户`, en: `opening accounts for ${people} people` })
  const [first] = EARLIER_MONTHS
  const members = first === undefined ? [] : rowsOf(first, people)
  const rows = (): JsonObject[] => members.map((row) => ({ ...row }))
  await openYear(host, cast, story, { count: people, rows, declaredPayroll: DECLARED_PAYROLL })
  for (const month of EARLIER_MONTHS) {
    const { period } = month
    onProgress({ zh: `${period} 缴费`, en: `contribution of ${period}` })
    const world: World = { host, cast, bank, month, rows: () => rowsOf(month, people) }
    await playThrough(world, 'transfer')
  }
  onProgress({ zh: '走到 2026-11-09', en: 'walking to 9 November 2026' })
  await host.advanceTo(VISITORS_START)
  await host.snapshot()
}

/** The account of a person is the record of its row in the list of members. */
function workersAccount(host: Host): string {
  const { accountManager } = castOf(host)
  const { items } = accountManager.ask('registers.listEntries', {
    register: 'annuity-enrolment',
  }) as unknown as { readonly items: readonly { readonly fields: { readonly root: string } }[] }
  const root = items[0]?.fields.root ?? ''
  const record = VaultTree.of(accountManager.vault, 'batch', root).places[SAMPLE_WORKER.place]?.leaf
    .record
  if (record === undefined) throw new Error('the worker has no account')
  return record
}

/** Rows of a month; with fewer people its target is out of reach, and they earn what they earn. */
export function rowsOf(month: MonthTerms, people: number) {
  return sampleMonth(people === SAMPLE_PEOPLE ? month : null, people)
}

/** Starts bank and host of a founded folder. */
export async function openParts(
  folder: string,
  onNotice: (notice: string) => void = () => {},
): Promise<OpenParts> {
  const bank = await BankProcess.start(bankFolderOf(folder), SCENARIO, { pollMs: 0 })
  try {
    const host = await openHost({
      dataFolder: folder,
      blockDelayMs: 0,
      verifyThreads: 0,
      startAt: DEMONSTRATION_START,
      onNotice,
    })
    const stop = async (): Promise<void> => {
      await host.stop()
      await bank.stop()
    }
    return { host, bank, stop }
  } catch (error) {
    await bank.stop()
    throw error
  }
}

/** Both accounts are with one bank, so that a payment arrives on the day it is made. */
const SCENARIO: Scenario = {
  date: '2026-01-05',
  accounts: [
    {
      account: ACCOUNTS.payer.accountNo,
      name: ACCOUNTS.payer.accountName,
      balance: PAYER_BALANCE,
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
