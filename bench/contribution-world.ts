/*
 * The demonstration's consortium with its real annuity packages, on disk, ready for contribution months: eight
 * members with keys, vaults and copies of the ledger of their own in one process, as the demonstration runs them.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PackageFolders } from '@renshe/cli'
import { type CompiledPackage, getPackage, packageBytes } from '@renshe/contracts'
import type { Bytes, JsonObject } from '@renshe/crypto'
import { foundConsortium, type Host, type Member, openHost } from '@renshe/node'
import {
  DEMONSTRATION_START,
  demonstrationTerms,
  PARTS,
  type Part,
} from '../demo/annuity/consortium.ts'
import { openYear } from '../demo/annuity/contribution-month.ts'
import { PLAN, setUpPlan } from '../demo/annuity/set-up-plan.ts'
import { type Cast, Story } from '../demo/annuity/story.ts'
import { generatePayroll } from '../demo/payroll.ts'

const SERVICES = fileURLToPath(new URL('../services', import.meta.url))
/** High enough that no month of the bench meets the yearly ceiling. */
const DECLARED_PAYROLL = '99999999999.00'
const TYPES = ['REGULAR', 'SUPPLEMENT', 'BACK_PAYMENT']
const MONTHS = 12
const ENROLLED = 12
const HR = { officer: '0101' } as const

/** A consortium whose employer may contribute. */
export interface ContributionWorld {
  readonly host: Host
  readonly employer: Member
  /** Owner of the payroll's section. */
  readonly accountManager: Member
  /** Opens one more contribution; gives the case. */
  openContribution(): Promise<string>
  /** The package that runs a case. */
  packageOf(caseId: string): CompiledPackage
  stop(): Promise<void>
}

/** Founds the consortium in an empty folder, registers plan and year, enrols twelve people. */
export async function foundContributionWorld(dataFolder: string): Promise<ContributionWorld> {
  const folders = new PackageFolders(SERVICES)
  const packages = folders.names().map((name) => packageBytes(folders.compile(name).document))
  const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
  const bankFolder = join(dataFolder, 'demonstration-bank')
  await foundConsortium(demonstrationTerms({ dataFolder, packages, random, bankFolder }))
  const host = await openHost({ dataFolder, blockDelayMs: 0, startAt: DEMONSTRATION_START })
  const members = Object.entries(PARTS).map(([part, id]) => [part, host.member(id)])
  const cast = Object.fromEntries(members) as Record<Part, Member> satisfies Cast
  const story = new Story(
    () => host.clock.now(),
    () => undefined,
  )
  await setUpPlan(host, cast, story)
  const people = [...generatePayroll({ people: ENROLLED, period: '2026-01', seed: 1 })]
  await openYear(host, cast, story, {
    count: people.length,
    rows: () => people.map((row): JsonObject => ({ ...row })),
    declaredPayroll: DECLARED_PAYROLL,
  })
  let opened = 0
  const { employer, accountManager } = cast
  return {
    host,
    employer,
    accountManager,
    openContribution: async () => {
      const fields = contributionOf(opened++)
      const { data } = await employer.act(
        'cases.openCase',
        { service: 'annuity-contribution', fields },
        HR,
      )
      await host.quiet()
      return String(data.case)
    },
    packageOf: (caseId) => {
      const { case: found } = employer.ask('cases.getCase', { case: caseId }) as {
        case: JsonObject
      }
      return getPackage(employer.ledger.view(), String(found.package))
    },
    stop: () => host.stop(),
  }
}

/** Period and type of the n-th contribution: no two alike. */
function contributionOf(n: number): JsonObject {
  if (n >= MONTHS * TYPES.length) throw new RangeError('no more contributions in one year')
  const period = `2026-${String(1 + (n % MONTHS)).padStart(2, '0')}`
  return { planKey: PLAN, period, type: TYPES[Math.floor(n / MONTHS)] as string }
}
