import {
  addNumbers,
  compareNumbers,
  FeelNumber,
  formatNumber,
  negateNumber,
  parseNumber,
  subtractNumbers,
  ZERO,
} from '../number/decimal.ts'
import type {
  ExplainedDetermination,
  ExplainedRounding,
  ExplainedStep,
  SumPart,
} from './explain-determination.ts'

/** A sum of a determination: what its parts give, and whether that is the total. */
export interface CheckedSum {
  readonly step: string
  readonly parts: readonly SumPart[]
  readonly total: string
  /** `total` − Σ parts; `0` on every good slip. */
  readonly remainder: string
}

/** A rounding that moved a total, and by how much. */
export interface MovedByRounding extends ExplainedRounding {
  readonly step: string
  /** How the step enters the total. */
  readonly sign: '+' | '-'
  /** What the total has more (or, negative, less) because of this rounding. */
  readonly moved: string
}

/** Where the last fen of a total went. */
export interface LastFen {
  readonly total: string
  /** What the total would be without the roundings of `moved`. */
  readonly exact: string
  /** `total` − `exact` = Σ `moved`. */
  readonly gap: string
  readonly moved: readonly MovedByRounding[]
  /** Roundings further down, inside of products and the like: they shape a part, they are not a share of the gap. */
  readonly within: readonly (ExplainedRounding & { readonly step: string })[]
}

/** Every sum of a determination with its parts: "sum of parts = total" as a table. */
export function checkSums({ steps }: ExplainedDetermination): CheckedSum[] {
  return [...stepsOf(steps)].flatMap(({ name, parts, value }) => {
    if (parts === undefined) return []
    const total = numberOf(String(value))
    const sum = parts.reduce((all, part) => add(all, signed(part.sign, numberOf(part.value))), ZERO)
    const remainder = formatNumber(subtract(total, sum))
    return [{ step: name, parts, total: String(value), remainder }]
  })
}

/**
 * Where the last fen went: which roundings moved a total, by how much, each with direction, places
 * and clause.
 *
 * @param name  a step or output whose value is a number
 * @returns     undefined where there is no such number
 */
export function findLastFen(
  explanation: ExplainedDetermination,
  name: string,
): LastFen | undefined {
  const byName = new Map([...stepsOf(explanation.steps)].map((step) => [step.name, step]))
  const step = byName.get(name)
  if (step === undefined || !isNumber(step.value)) return undefined
  const moved: MovedByRounding[] = []
  const within: LastFen['within'][number][] = []
  collect(step, '+', byName, moved, within)
  const gap = moved.reduce((sum, one) => add(sum, numberOf(one.moved)), ZERO)
  const total = numberOf(String(step.value))
  return {
    total: String(step.value),
    exact: formatNumber(subtract(total, gap)),
    gap: formatNumber(gap),
    moved,
    within,
  }
}

type StepsByName = ReadonlyMap<string, ExplainedStep>

function collect(
  step: ExplainedStep,
  sign: '+' | '-',
  byName: StepsByName,
  moved: MovedByRounding[],
  within: LastFen['within'][number][],
): void {
  const { name, rounding, parts } = step
  if (rounding !== null) {
    const change = subtract(numberOf(rounding.after), numberOf(rounding.before))
    if (compareNumbers(change, ZERO) !== 0) {
      moved.push({ step: name, sign, moved: formatNumber(signed(sign, change)), ...rounding })
    }
  }
  if (parts === undefined) {
    for (const inner of stepsOf(step.steps, byName)) {
      const { rounding: own } = inner
      const isKnown = within.some((one) => one.step === inner.name)
      if (own !== null && !isKnown) within.push({ step: inner.name, ...own })
    }
    return
  }
  for (const part of parts) {
    // Only what is told below this step is one of its steps: a fact may have the name of a step.
    const isStep = step.steps.some((below) => below.name === part.name)
    const inner = isStep ? byName.get(part.name) : undefined
    const own = part.sign === '+' ? sign : sign === '+' ? '-' : '+'
    if (inner !== undefined) collect(inner, own, byName, moved, within)
  }
}

/** Steps of a tree, each once; with a table of names also those that are told elsewhere. */
function* stepsOf(
  steps: ExplainedStep['steps'],
  byName: StepsByName = new Map(),
  seen: Set<string> = new Set(),
): Generator<ExplainedStep> {
  for (const step of steps) {
    if (seen.has(step.name)) continue
    const whole = 'isTold' in step ? byName.get(step.name) : step
    if (whole === undefined) continue
    seen.add(step.name)
    yield whole
    yield* stepsOf(whole.steps, byName, seen)
  }
}

function isNumber(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    (typeof value === 'string' && parseNumber(value) instanceof FeelNumber)
  )
}

function numberOf(text: string): FeelNumber {
  const value = parseNumber(text)
  if (value instanceof FeelNumber) return value
  throw new RangeError('a trace has a rounding of what is no number')
}

function signed(sign: '+' | '-', value: FeelNumber): FeelNumber {
  return sign === '+' ? value : negateNumber(value)
}

function add(left: FeelNumber, right: FeelNumber): FeelNumber {
  return within34(addNumbers(left, right))
}

function subtract(left: FeelNumber, right: FeelNumber): FeelNumber {
  return within34(subtractNumbers(left, right))
}

function within34(value: FeelNumber | null): FeelNumber {
  if (value === null) throw new RangeError('a trace has numbers that are too large to be added')
  return value
}
