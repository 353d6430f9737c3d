import { type FeelNumber, toWhole } from '../number/decimal.ts'
import { exponential, naturalLogarithm, squareRoot } from '../number/powers.ts'
import {
  absoluteNumber,
  GREATEST_SCALE,
  isOddNumber,
  LEAST_SCALE,
  moduloNumbers,
  type RoundingMode,
  roundNumber,
} from '../number/rounding.ts'
import { negateValue } from '../runtime/arithmetic.ts'
import type { Run } from '../runtime/run.ts'
import { DaysTimeDuration, type YearsMonthsDuration } from '../time/durations.ts'
import type { Value } from '../value/values.ts'
import { type Builtin, builtin, type Implementation, signature } from './builtin.ts'

const OUT_OF_RANGE = 'the result is outside the range of numbers'

function rounding(mode: RoundingMode): Implementation {
  return ([n, scale], run) => round(run, n as FeelNumber, scale ?? null, mode)
}

function round(run: Run, value: FeelNumber, scale: Value, mode: RoundingMode): Value {
  const places = scale === null ? 0 : toWhole(scale as FeelNumber)
  if (places === undefined || places < LEAST_SCALE || places > GREATEST_SCALE) {
    return run.fail(
      'ARGUMENT_VALUE',
      `a scale is a whole number from ${LEAST_SCALE} to ${GREATEST_SCALE}`,
    )
  }
  return roundNumber(value, places, mode) ?? run.fail('ARITHMETIC', OUT_OF_RANGE)
}

/** Every rounding function takes a scale; only floor and ceiling may leave it out. */
function roundingBuiltin(name: string, mode: RoundingMode): Builtin {
  return builtin(name, signature('n: number, scale: int', rounding(mode)))
}

function parity(wanted: boolean): Implementation {
  return ([n], run) => {
    const isOdd = isOddNumber(n as FeelNumber)
    if (isOdd === null) return run.fail('ARGUMENT_VALUE', 'only whole numbers are odd or even')
    return isOdd === wanted
  }
}

/** Numeric functions (DMN 1.5 §10.3.4.5, table 81). */
export const NUMBER_FUNCTIONS: readonly Builtin[] = [
  roundingBuiltin('decimal', 'HALF_EVEN'),
  builtin('floor', signature('n: number, scale?: int', rounding('FLOOR'))),
  builtin('ceiling', signature('n: number, scale?: int', rounding('CEILING'))),
  roundingBuiltin('round up', 'UP'),
  roundingBuiltin('round down', 'DOWN'),
  roundingBuiltin('round half up', 'HALF_UP'),
  roundingBuiltin('round half down', 'HALF_DOWN'),
  builtin(
    'abs',
    signature('n: number', ([n]) => absoluteNumber(n as FeelNumber)),
    signature('n: duration', ([n], run) => absoluteDuration(run, n as DaysTimeDuration)),
    signature('n: months', ([n], run) => absoluteDuration(run, n as YearsMonthsDuration)),
  ),
  builtin(
    'modulo',
    signature('dividend: number, divisor: number', ([dividend, divisor], run) => {
      return (
        moduloNumbers(dividend as FeelNumber, divisor as FeelNumber) ??
        run.fail('ARITHMETIC', 'modulo of 0')
      )
    }),
  ),
  builtin(
    'sqrt',
    signature('number: number', ([n], run) => {
      run.step(10)
      return (
        squareRoot(n as FeelNumber) ?? run.fail('ARITHMETIC', 'square root of a negative number')
      )
    }),
  ),
  builtin(
    'log',
    signature('number: number', ([n], run) => {
      run.step(50)
      return naturalLogarithm(n as FeelNumber) ?? run.fail('ARITHMETIC', 'logarithm of 0 or below')
    }),
  ),
  builtin(
    'exp',
    signature('number: number', ([n], run) => {
      run.step(50)
      return exponential(n as FeelNumber) ?? run.fail('ARITHMETIC', OUT_OF_RANGE)
    }),
  ),
  builtin('odd', signature('number: number', parity(true))),
  builtin('even', signature('number: number', parity(false))),
]

function absoluteDuration(run: Run, duration: DaysTimeDuration | YearsMonthsDuration): Value {
  const isNegative =
    duration instanceof DaysTimeDuration ? duration.nanos < 0n : duration.months < 0
  return isNegative ? negateValue(run, run.site, duration) : duration
}
