/*
 * The contribution months of the demonstration that a browser drives: 1,284 people who do not exist, whose
 * rows add up to a given bill and leave a given residue when units are bought, by the real rules.
 */
import { type PayrollRow, share, yuan } from '../payroll.ts'
import { dayAfter, samplePerson } from '../people.ts'
import { SAMPLE_SEED } from '../sample-payrolls.ts'
import { seededBelow } from '../seeded.ts'

/** What the rows of a month must come to. */
export interface MonthTarget {
  /** Sum of both parts of all rows, in fen. */
  readonly billFen: bigint
  /** Unit value times 10⁴. */
  readonly unitValueE4: bigint
  /** Sum of the residues of all parts, times 10⁸. */
  readonly residueE8: bigint
}

/** People of the demonstration; the tuned ones among them are the last. */
export const SAMPLE_PEOPLE = 1_284
/** Place of the worker whose account is shown: 5,250.00 yuan a month, hence 420.00 + 210.00. */
export const SAMPLE_WORKER = { place: 0, name: '示例·李某', wageFen: 525_000n } as const

/** Those whose wages are moved by a few yuan so that the sums come out. */
const TUNED = 84
const EMPLOYER_BASIS_POINTS = 800
const EMPLOYEE_BASIS_POINTS = 400
/** The bill that wages are laid out for; what differs from it is spread over the tuned people. */
const LEVEL_FEN = 80_893_736n
/** 10 yuan of wage bring 0.80 + 0.40. */
const STEP_FEN = 1_000n
const STEP_BRINGS_FEN = 120n
/** A quarter of a yuan of wage brings 2 + 1 fen; half of one more brings the employer's part 1 fen. */
const QUARTER_FEN = 25n
const HALF_QUARTER_FEN = 13n
const QUARTER_BRINGS_FEN = 3n
const QUARTERS_OF_TEN = 40n
const MOST_MOVED_YUAN = 100n

/**
 * The rows of a month.
 *
 * Wages lie between 3,500 and 9,500 yuan. They are the same in every month but for the tuned people:
 * there the bill is met by quarters of a yuan, then wages move between neighbours, which leaves the
 * bill as it is and changes the residues by whole multiples of the unit value.
 *
 * @param target  null: everybody earns what the seed says
 * @param people  fewer for a test
 * @throws RangeError if no move leads to the target
 */
export function sampleMonth(target: MonthTarget | null, people = SAMPLE_PEOPLE): PayrollRow[] {
  const wages = levelWages(people)
  if (target !== null) {
    meetBill(wages, target.billFen)
    meetResidue(wages, target)
  }
  return wages.map((wageFen, place) => rowOf(place, wageFen))
}

/** What both parts of a wage come to, in fen. */
function partsOf(wageFen: bigint): readonly [employer: bigint, employee: bigint] {
  return [share(wageFen, EMPLOYER_BASIS_POINTS), share(wageFen, EMPLOYEE_BASIS_POINTS)]
}

function billOf(wages: readonly bigint[]): bigint {
  return wages.reduce((sum, wage) => {
    const [employer, employee] = partsOf(wage)
    return sum + employer + employee
  }, 0n)
}

/** Wages by seed, shifted together until the bill is next to the level of so many people. */
function levelWages(people: number): bigint[] {
  const wages = Array.from({ length: people }, (_, place) => {
    const isHigh = seededBelow(5, SAMPLE_SEED, 40, place) === 0
    const tens = isHigh
      ? 580 + seededBelow(340, SAMPLE_SEED, 41, place)
      : 370 + seededBelow(210, SAMPLE_SEED, 42, place)
    return BigInt(tens) * STEP_FEN
  })
  wages[SAMPLE_WORKER.place] = SAMPLE_WORKER.wageFen
  const level = (LEVEL_FEN * BigInt(people)) / BigInt(SAMPLE_PEOPLE)
  const others = people - 1
  const steps = Number((level - billOf(wages)) / STEP_BRINGS_FEN)
  const [each, rest] = [Math.trunc(steps / others), steps % others]
  return wages.map((wage, place) => {
    if (place === SAMPLE_WORKER.place) return wage
    const more = place <= Math.abs(rest) ? Math.sign(rest) : 0
    return wage + BigInt(each + more) * STEP_FEN
  })
}

/** Moves the wages of the tuned people until the bill is met to the fen. */
function meetBill(wages: bigint[], billFen: bigint): void {
  const first = firstTuned(wages)
  const count = BigInt(wages.length - first)
  const missing = billFen - billOf(wages)
  const odd = ((missing % QUARTER_BRINGS_FEN) + QUARTER_BRINGS_FEN) % QUARTER_BRINGS_FEN
  const quarters = (missing - odd) / QUARTER_BRINGS_FEN
  // Tens of yuan for everybody, the rest for one: most people earn the same from month to month.
  const each = (quarters / count / QUARTERS_OF_TEN) * QUARTERS_OF_TEN
  for (let place = first; place < wages.length; place += 1) move(wages, place, each * QUARTER_FEN)
  move(wages, first, (quarters - each * count) * QUARTER_FEN)
  for (let more = 0; more < Number(odd); more += 1) move(wages, first + more, HALF_QUARTER_FEN)
}

/** Moves whole yuan between two neighbours at a time, each time as near to the target as it gets. */
function meetResidue(wages: bigint[], { unitValueE4, residueE8 }: MonthTarget): void {
  const residue = (wage: bigint): bigint => residueOf(wage, unitValueE4)
  let missing = residueE8 - wages.reduce((sum, wage) => sum + residue(wage), 0n)
  for (let place = firstTuned(wages); missing !== 0n && place + 1 < wages.length; place += 2) {
    const [one = 0n, other = 0n] = wages.slice(place, place + 2)
    const before = residue(one) + residue(other)
    let best = { left: missing, moved: 0n }
    for (let yuans = 1n; yuans <= MOST_MOVED_YUAN; yuans += 1n) {
      const moved = yuans * 100n
      const left = missing - (residue(one - moved) + residue(other + moved) - before)
      if (absolute(left) < absolute(best.left)) best = { left, moved }
    }
    missing = best.left
    move(wages, place, -best.moved)
    move(wages, place + 1, best.moved)
  }
  if (missing !== 0n) throw new RangeError(`a residue of ${residueE8} e-8 is out of reach`)
}

/** What both parts of a wage leave when units of four places are bought, times 10⁸. */
function residueOf(wageFen: bigint, unitValueE4: bigint): bigint {
  const [employer, employee] = partsOf(wageFen)
  return ((employer * 1_000_000n) % unitValueE4) + ((employee * 1_000_000n) % unitValueE4)
}

function firstTuned(wages: readonly bigint[]): number {
  return Math.max(1, wages.length - TUNED)
}

function move(wages: bigint[], place: number, byFen: bigint): void {
  wages[place] = (wages[place] ?? 0n) + byFen
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

function rowOf(place: number, wageFen: bigint): PayrollRow {
  const { memberId, name } = samplePerson(place, SAMPLE_SEED)
  const [employer, employee] = partsOf(wageFen)
  const isWorker = place === SAMPLE_WORKER.place
  return {
    memberId,
    name: isWorker ? SAMPLE_WORKER.name : `示例·${name}`,
    wageBase: yuan(wageFen),
    employer: yuan(employer),
    employee: yuan(employee),
    // 4 % of the base, and nobody is above three times a city average of 5,000.00.
    taxed: '0.00',
    // Between 2012 and 2024: some are fully vested, some are not.
    joinedOn: dayAfter('2012-01-01', seededBelow(4_500, SAMPLE_SEED, 43, place)),
    change: 'NONE',
  }
}
