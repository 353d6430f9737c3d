/* The trustee submits an allocation that differs by one fen, before it submits the right one. */
import type { Case, Step } from '@renshe/contracts'
import { canonicalText, type JsonObject } from '@renshe/crypto'
import type { Member } from '@renshe/node'
import type { DeterminationDifference } from '../../node/src/determine/determine.ts'
import type { OpenMonth } from './month.fixture.ts'
import { PLAN } from './set-up-plan.ts'

/** What was seen while two members disagreed. */
export interface Dispute {
  /** Balances and journals of the plan, as JSON text. */
  readonly bookBefore: string
  readonly bookDisputed: string
  /** What each of the two sees on its own copy of the chain. */
  readonly seen: readonly {
    readonly member: string
    readonly status: string
    readonly differs: readonly string[]
    /** Codes of open alerts that name the member. */
    readonly alerts: readonly string[]
  }[]
  /** What the account manager's node tells its people: its own values beside the trustee's. */
  readonly ownerComputes: readonly DeterminationDifference[]
}

/** Moves one fen from the employer's part to the employees', and looks. */
export async function disputeByOneFen({ cast, host }: OpenMonth): Promise<Dispute> {
  const { accountManager, trustee } = cast
  const id = contributionOf(trustee)
  const place = { case: id, step: 'allocate' }
  const honest = await trustee.determine(place, { officer: '0201' })
  const outputs = honest.input.outputs as JsonObject
  const bookBefore = bookOf(trustee)
  await trustee.act(
    'cases.determineStep',
    {
      ...honest.input,
      outputs: {
        ...outputs,
        memberEmployer: plusFen(outputs.memberEmployer, -1n),
        memberEmployee: plusFen(outputs.memberEmployee, 1n),
      },
    },
    { officer: '0201' },
  )
  await host.quiet()
  const { differences } = await accountManager.determine(place, { officer: '0301' })
  return {
    bookBefore,
    bookDisputed: bookOf(trustee),
    seen: [accountManager, trustee].map((member) => seenBy(member, id)),
    ownerComputes: differences.find(({ member }) => member === trustee.id)?.names ?? [],
  }
}

function contributionOf(member: Member): string {
  const { items } = member.ask('cases.listCases', {
    service: 'annuity-contribution',
  }) as unknown as { items: Case[] }
  return items[0]?.id ?? ''
}

function bookOf(member: Member): string {
  return canonicalText([
    member.ask('funds.getTrialBalance', { book: PLAN }),
    member.ask('funds.listJournals', { book: PLAN }),
  ])
}

function seenBy(member: Member, id: string): Dispute['seen'][number] {
  const { steps } = member.ask('cases.getCase', { case: id }) as unknown as { steps: Step[] }
  const step = steps.findLast((one) => one.step === 'allocate')
  const { items } = member.ask('supervision.listAlerts', {
    for: member.id,
    case: id,
  }) as unknown as {
    items: { code: string }[]
  }
  return {
    member: member.id,
    status: step?.status ?? 'none',
    differs: step?.differs ?? [],
    alerts: items.map(({ code }) => code),
  }
}

function plusFen(yuan: unknown, fen: bigint): string {
  const digits = String(BigInt(String(yuan).replace('.', '')) + fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
