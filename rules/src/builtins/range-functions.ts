import type { Run } from '../runtime/run.ts'
import { parseRange } from '../syntax/parse-value.ts'
import { compareValues, isWithin } from '../value/comparison.ts'
import { FeelRange, type Value } from '../value/values.ts'
import { type Builtin, builtin, type Signature, signature } from './builtin.ts'

/** What a relation between two bounded ranges or points gives; null when their kinds differ. */
type Relation = (left: FeelRange, right: FeelRange) => boolean

/** A point as the range of itself. */
function asRange(value: Value): FeelRange {
  return value instanceof FeelRange ? value : new FeelRange(true, value, value, true)
}

function compare(left: Value, right: Value): number {
  return compareValues(left, right) as number
}

/** Whether the two have end points that can be compared; unbounded ranges have no relations. */
function areComparable(left: FeelRange, right: FeelRange): boolean {
  return (
    compareValues(left.start, right.start) !== undefined &&
    compareValues(left.end, right.end) !== undefined &&
    compareValues(left.start, right.end) !== undefined
  )
}

function relation(test: Relation): Signature['run'] {
  return ([first, second], run) =>
    relate(run, asRange(first ?? null), asRange(second ?? null), test)
}

function relate(run: Run, left: FeelRange, right: FeelRange, test: Relation): Value {
  if (!areComparable(left, right)) {
    return run.fail('NOT_COMPARABLE', 'the two have no end points to compare')
  }
  return test(left, right)
}

function isBefore(left: FeelRange, right: FeelRange): boolean {
  const order = compare(left.end, right.start)
  return order < 0 || (order === 0 && !(left.endIncluded && right.startIncluded))
}

function meets(left: FeelRange, right: FeelRange): boolean {
  return left.endIncluded && right.startIncluded && compare(left.end, right.start) === 0
}

function overlaps(left: FeelRange, right: FeelRange): boolean {
  return !isBefore(left, right) && !isBefore(right, left)
}

/** Left begins first and ends within right. */
function overlapsBefore(left: FeelRange, right: FeelRange): boolean {
  const starts = compare(left.start, right.start)
  const ends = compare(left.end, right.end)
  return (
    (starts < 0 || (starts === 0 && left.startIncluded && !right.startIncluded)) &&
    !isBefore(left, right) &&
    (ends < 0 || (ends === 0 && (!left.endIncluded || right.endIncluded)))
  )
}

/** Left begins within right and ends after it. */
function overlapsAfter(left: FeelRange, right: FeelRange): boolean {
  const starts = compare(left.start, right.start)
  const ends = compare(left.end, right.end)
  return (
    (starts > 0 || (starts === 0 && !left.startIncluded && right.startIncluded)) &&
    !isBefore(right, left) &&
    (ends > 0 || (ends === 0 && (left.endIncluded || !right.endIncluded)))
  )
}

function finishes(left: FeelRange, right: FeelRange): boolean {
  return (
    left.endIncluded === right.endIncluded &&
    compare(left.end, right.end) === 0 &&
    startsWithin(left, right)
  )
}

function startsWithin(left: FeelRange, right: FeelRange): boolean {
  const starts = compare(left.start, right.start)
  return starts > 0 || (starts === 0 && (!left.startIncluded || right.startIncluded))
}

function endsWithin(left: FeelRange, right: FeelRange): boolean {
  const ends = compare(left.end, right.end)
  return ends < 0 || (ends === 0 && (!left.endIncluded || right.endIncluded))
}

function includes(left: FeelRange, right: FeelRange): boolean {
  return startsWithin(right, left) && endsWithin(right, left)
}

function starts(left: FeelRange, right: FeelRange): boolean {
  return (
    left.startIncluded === right.startIncluded &&
    compare(left.start, right.start) === 0 &&
    endsWithin(left, right)
  )
}

function coincides(left: FeelRange, right: FeelRange): boolean {
  return (
    left.startIncluded === right.startIncluded &&
    left.endIncluded === right.endIncluded &&
    compare(left.start, right.start) === 0 &&
    compare(left.end, right.end) === 0
  )
}

function reversed(test: Relation): Relation {
  return (left, right) => test(right, left)
}

function pointWithin(run: Run, point: Value, range: Value): Value {
  return (
    isWithin(point, range as FeelRange, run) ??
    run.fail('NOT_COMPARABLE', 'the point cannot be compared')
  )
}

const BETWEEN_RANGES = 'range1: range, range2: range'
const POINT_AND_RANGE = 'point: point, range: range'
const RANGE_AND_POINT = 'range: range, point: point'

/** Functions over points and ranges (DMN 1.5 §10.3.4.8 table 83), and `range(from)` of table 71. */
export const RANGE_FUNCTIONS: readonly Builtin[] = [
  builtin('before', ...everyWay(isBefore)),
  builtin('after', ...everyWay(reversed(isBefore))),
  builtin('meets', signature(BETWEEN_RANGES, relation(meets))),
  builtin('met by', signature(BETWEEN_RANGES, relation(reversed(meets)))),
  builtin('overlaps', signature(BETWEEN_RANGES, relation(overlaps))),
  builtin('overlaps before', signature(BETWEEN_RANGES, relation(overlapsBefore))),
  builtin('overlaps after', signature(BETWEEN_RANGES, relation(overlapsAfter))),
  builtin(
    'finishes',
    signature(
      POINT_AND_RANGE,
      relation((left, right) => right.endIncluded && finishes(left, right)),
    ),
    signature(BETWEEN_RANGES, relation(finishes)),
  ),
  builtin(
    'finished by',
    signature(
      RANGE_AND_POINT,
      relation((left, right) => left.endIncluded && finishes(right, left)),
    ),
    signature(BETWEEN_RANGES, relation(reversed(finishes))),
  ),
  builtin(
    'includes',
    signature(RANGE_AND_POINT, ([range, point], run) =>
      pointWithin(run, point ?? null, range ?? null),
    ),
    signature(BETWEEN_RANGES, relation(includes)),
  ),
  builtin(
    'during',
    signature(POINT_AND_RANGE, ([point, range], run) =>
      pointWithin(run, point ?? null, range ?? null),
    ),
    signature(BETWEEN_RANGES, relation(reversed(includes))),
  ),
  builtin(
    'starts',
    signature(
      POINT_AND_RANGE,
      relation((left, right) => right.startIncluded && starts(left, right)),
    ),
    signature(BETWEEN_RANGES, relation(starts)),
  ),
  builtin(
    'started by',
    signature(
      RANGE_AND_POINT,
      relation((left, right) => left.startIncluded && starts(right, left)),
    ),
    signature(BETWEEN_RANGES, relation(reversed(starts))),
  ),
  builtin(
    'coincides',
    signature('point1: point, point2: point', relation(coincides)),
    signature(BETWEEN_RANGES, relation(coincides)),
  ),
  builtin(
    'range',
    signature('from: string', ([from], run) => {
      return parseRange(from as string) ?? run.fail('ARGUMENT_VALUE', 'the text is no range')
    }),
  ),
]

function everyWay(test: Relation): Signature[] {
  return [
    signature('point1: point, point2: point', relation(test)),
    signature(POINT_AND_RANGE, relation(test)),
    signature(RANGE_AND_POINT, relation(test)),
    signature(BETWEEN_RANGES, relation(test)),
  ]
}
