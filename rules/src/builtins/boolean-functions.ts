import type { Run } from '../runtime/run.ts'
import { FeelDateTime, FeelTime, fromEpochMillis } from '../time/clock-time.ts'
import { CHINA, isSameZone } from '../time/zones.ts'
import { equalValues } from '../value/comparison.ts'
import { kindOf, type Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

/** `not`, `is`, `now`, `today` (DMN 1.5 §10.3.4.2, §10.3.4.7). */
export const BOOLEAN_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'not',
    signature('negand: any', ([negand], run) => {
      if (typeof negand === 'boolean') return !negand
      return negand === null ? null : run.fail('ARGUMENT_TYPE', '"not" takes a boolean')
    }),
  ),
  builtin(
    'is',
    signature('value1?: any, value2?: any', ([left, right], run) =>
      isSame(run, left ?? null, right ?? null),
    ),
  ),
  builtin(
    'now',
    signature('', (_args, run) => moment(run.environment.now)),
  ),
  builtin(
    'today',
    signature('', (_args, run) => moment(run.environment.now).date),
  ),
]

/** The evaluation instant in the legal time of China. */
function moment(now: number): FeelDateTime {
  const at = fromEpochMillis(now, CHINA)
  if (at === undefined)
    throw new RangeError('the evaluation instant is not a whole number of milliseconds')
  return at
}

/** Same kind, same value, same zone: `is` tells a local time from a zoned one (table 82). */
function isSame(run: Run, left: Value, right: Value): boolean {
  if (kindOf(left) !== kindOf(right)) return false
  if (left instanceof FeelTime && right instanceof FeelTime) return isSameTime(left, right)
  if (left instanceof FeelDateTime && right instanceof FeelDateTime) {
    return equalValues(left.date, right.date) === true && isSameTime(left.time, right.time)
  }
  return equalValues(left, right, run) === true
}

function isSameTime(left: FeelTime, right: FeelTime): boolean {
  return left.nanoOfDay === right.nanoOfDay && isSameZone(left.zone, right.zone)
}
