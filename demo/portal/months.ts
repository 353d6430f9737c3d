/* The months of the demonstration that a browser drives: what happened before the visitor comes, and his own. */
import { momentOf } from '../annuity/story.ts'
import type { MonthTarget } from './sample-month.ts'

/** One contribution month: when its steps are taken, what it comes to. */
export interface MonthTerms extends MonthTarget {
  /** YYYY-MM */
  readonly period: string
  /** Day that the money arrives on, hence the dealing day: a working day. */
  readonly payDay: string
  /** UTC ms of the scripted clock at which a scene is due, by its id. */
  readonly moments: Readonly<Record<string, number>>
}

/** Moments of every scene, `YYYY-MM-DDTHH:MM` in UTC+08:00. */
type Diary = Readonly<
  Record<'opens' | 'bills' | 'confirms' | 'collects' | 'pays' | 'instructs', string>
> &
  Readonly<
    Record<
      'values' | 'publishes' | 'allocates' | 'invests' | 'transfers' | 'orders' | 'looks',
      string
    >
  >

const ORDERS = [1, 2].flatMap((n) =>
  ['open', 'send', 'check', 'agree'].map((act) => `${act}-order-${n}`),
)

function momentsOf(diary: Diary): Record<string, number> {
  const at = (name: keyof Diary): number => momentOf(diary[name])
  return {
    'open-contribution': at('opens'),
    'upload-payroll': at('opens'),
    bill: at('bills'),
    'agree-bill': at('bills'),
    confirm: at('confirms'),
    collect: at('collects'),
    remit: at('pays'),
    'bank-pays': at('pays'),
    arrival: at('pays'),
    shortfall: at('pays'),
    instruct: at('instructs'),
    'open-valuation': at('values'),
    'value-one': at('values'),
    'value-two': at('values'),
    'value-custodian': at('values'),
    compare: at('publishes'),
    publish: at('publishes'),
    allocate: at('allocates'),
    'agree-allocation': at('allocates'),
    invest: at('invests'),
    transfer: at('transfers'),
    ...Object.fromEntries(ORDERS.map((id) => [id, at('orders')])),
    'execute-order': at('orders'),
    'issue-warrant': at('looks'),
    'confirm-warrant': at('looks'),
    'name-warrant-row': at('looks'),
    look: at('looks'),
    statement: at('looks'),
  }
}

/** First issue, at 1.0000: nothing is left. */
const FIRST: MonthTerms = {
  period: '2026-01',
  billFen: 80_893_736n,
  unitValueE4: 10_000n,
  residueE8: 0n,
  payDay: '2026-01-15',
  moments: momentsOf({
    opens: '2026-01-12T09:00',
    bills: '2026-01-12T10:00',
    confirms: '2026-01-13T09:00',
    collects: '2026-01-14T09:00',
    pays: '2026-01-15T09:00',
    instructs: '2026-01-15T15:30',
    values: '2026-01-15T16:00',
    publishes: '2026-01-15T17:00',
    allocates: '2026-01-16T09:30',
    invests: '2026-01-16T10:00',
    transfers: '2026-01-16T14:00',
    orders: '2026-01-16T14:30',
    looks: '2026-01-16T15:00',
  }),
}

/** The month before: its 0.16318206 leaves 0.16 to the enterprise account and carries 0.00318206. */
const BEFORE: MonthTerms = {
  period: '2026-10',
  billFen: 80_891_834n,
  unitValueE4: 12_721n,
  residueE8: 16_318_206n,
  payDay: '2026-10-15',
  moments: momentsOf({
    opens: '2026-10-12T09:00',
    bills: '2026-10-12T10:00',
    confirms: '2026-10-13T09:00',
    collects: '2026-10-14T09:00',
    pays: '2026-10-15T09:00',
    instructs: '2026-10-15T15:30',
    values: '2026-10-15T16:00',
    publishes: '2026-10-15T17:00',
    allocates: '2026-10-16T09:30',
    invests: '2026-10-16T10:00',
    transfers: '2026-10-16T14:00',
    orders: '2026-10-16T14:30',
    looks: '2026-10-16T15:00',
  }),
}

/** What lies behind when the visitor comes. */
export const EARLIER_MONTHS: readonly MonthTerms[] = [FIRST, BEFORE]

/** 629,719.1299 units × 1.2846 + 0.16573046 = 808,937.36 yuan. */
export const VISITORS_MONTH: MonthTerms = {
  period: '2026-11',
  billFen: 80_893_736n,
  unitValueE4: 12_846n,
  residueE8: 16_573_046n,
  payDay: '2026-11-13',
  moments: momentsOf({
    opens: '2026-11-09T09:00',
    bills: '2026-11-10T09:00',
    confirms: '2026-11-11T09:00',
    collects: '2026-11-12T09:00',
    pays: '2026-11-13T10:00',
    instructs: '2026-11-16T09:00',
    values: '2026-11-16T09:30',
    publishes: '2026-11-16T10:00',
    allocates: '2026-11-16T11:00',
    invests: '2026-11-16T13:30',
    transfers: '2026-11-16T14:00',
    orders: '2026-11-16T15:00',
    looks: '2026-11-17T09:30',
  }),
}

/** When the visitor's clock begins: the morning of the first scene. */
export const VISITORS_START = momentOf('2026-11-09T08:30')

/** By how much the bank pays too little when it is asked to. */
export const SHORT_FEN = 93_736n
