/* A supervisor looks at one person's row: two officers, the owner who finds the row, then the look itself. */
import type { JsonObject } from '@renshe/crypto'
import { PARTS } from '../annuity/consortium.ts'
import { SAMPLE_WORKER } from './sample-month.ts'
import type { MonthView, Scene, Told } from './scene.ts'
import type { World } from './world.ts'

const SECTION = 'payroll'
const PURPOSE = 'INSPECTION'
const BASIS = '企业年金基金管理办法/5'
const REFERENCE = 'SAMPLE-2026-11-01'
const LASTS_MS = 3 * 86_400_000
const READS = 2

const SEEN = {
  zh: '只打开这一行；每次查看都留回执，本人看得到',
  en: 'nothing but this row opens; each look leaves a receipt that the person sees',
}

/** The four scenes of a look by warrant. */
export const WARRANT_SCENES: readonly Scene[] = [
  {
    ...common('issue-warrant'),
    party: 'supervisor',
    officer: '0801',
    zh: '签发调阅令：一人、一批、一条依据',
    en: 'Issue a warrant: one person, one batch, one clause',
    call: ({ host }, { cases: { contribution } }) => ({
      action: 'supervision.issueWarrant',
      input: {
        case: contribution?.id ?? '',
        owner: PARTS.accountManager,
        section: SECTION,
        scope: { kind: 'PERSONS', batch: contribution?.batches[SECTION]?.root ?? '', persons: 1 },
        purpose: PURPOSE,
        basis: BASIS,
        reference: REFERENCE,
        reads: READS,
        notAfter: host.clock.now() + LASTS_MS,
      },
    }),
    stands: ({ warrant, isAllocated }) => statusOf(isAllocated, warrant !== undefined),
  },
  {
    ...common('confirm-warrant'),
    party: 'supervisor',
    officer: '0802',
    zh: '第二人确认调阅令',
    en: 'A second officer confirms the warrant',
    call: (_, { warrant }) => ({
      action: 'supervision.confirmWarrant',
      input: { warrant: warrant?.id ?? '' },
    }),
    stands: ({ warrant }) => statusOf(warrant !== undefined, warrant?.state === 'confirmed'),
  },
  {
    ...common('name-warrant-row'),
    party: 'accountManager',
    officer: '0301',
    zh: '指出此人在批次中的那一行',
    en: 'Say which row of the batch is that person',
    // Who is sought comes with the letter, never on chain: the steward's form is filled with it.
    input: (world) => ({ fields: { id: world.rows()[SAMPLE_WORKER.place]?.memberId ?? '' } }),
    call: (_, { warrant }) => ({
      action: 'supervision.nameWarrantRows',
      input: { warrant: warrant?.id ?? '', places: [SAMPLE_WORKER.place] },
    }),
    stands: ({ warrant }) => statusOf(warrant?.state === 'confirmed', warrant?.named != null),
  },
  {
    ...common('look'),
    party: 'supervisor',
    officer: '0801',
    zh: '凭调阅令查看一行，留下回执',
    en: 'Look at the one row by warrant; a receipt stays',
    call: (world, view) => ({
      action: 'access.readSections',
      input: lookOf(world, view),
    }),
    stands: ({ warrant, look }) => statusOf(warrant?.named != null, look !== null, look),
  },
]

function common(id: string) {
  return { id, of: 'contribution', does: 'act', step: null, seen: SEEN } as const
}

/** The row, and nothing else of the batch. */
function lookOf({ cast }: World, { cases: { contribution }, warrant }: MonthView): JsonObject {
  const { root = '', count = 0 } = contribution?.batches[SECTION] ?? {}
  return {
    grant: warrant?.grant ?? '',
    case: contribution?.id ?? '',
    holderKey: cast.supervisor.holderKey,
    batch: { root, count },
    rows: { section: SECTION, from: SAMPLE_WORKER.place, count: 1 },
  }
}

function statusOf(isTurn: boolean, isDone: boolean, txId: string | null = null): Told {
  return { status: isDone ? 'done' : isTurn ? 'now' : 'later', txId }
}
