/**
 * Goal: numbers are decimal128: 34 digits, half-even, exact where the result fits.
 * Method: properties against decimal.js at the same precision, laws, and edges of the range as
 * tables.
 */
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addNumbers,
  compareNumbers,
  countDigits,
  divideNumbers,
  FeelNumber,
  formatNumber,
  formatPlaces,
  isWhole,
  makeNumber,
  multiplyNumbers,
  negateNumber,
  parseNumber,
  subtractNumbers,
  toWhole,
} from './decimal.ts'
import { exponential, naturalLogarithm, powerNumber, squareRoot } from './powers.ts'
import { moduloNumbers, ROUNDING_MODES, type RoundingMode, roundNumber } from './rounding.ts'

const Oracle = Decimal.clone({
  precision: 34,
  rounding: Decimal.ROUND_HALF_EVEN,
  minE: -6143,
  maxE: 6144,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})
const Wide = Oracle.clone({ precision: 80 })

const numbers: fc.Arbitrary<FeelNumber> = fc
  .tuple(fc.bigInt(-(10n ** 34n) + 1n, 10n ** 34n - 1n), fc.integer({ min: -40, max: 40 }))
  .map(([coefficient, exponent]) => new FeelNumber(coefficient, exponent))
const short: fc.Arbitrary<FeelNumber> = fc
  .tuple(fc.bigInt(-999_999n, 999_999n), fc.integer({ min: -6, max: 3 }))
  .map(([coefficient, exponent]) => new FeelNumber(coefficient, exponent))
const any = fc.oneof(numbers, short)

function toOracle(value: FeelNumber): Decimal {
  return new Oracle(`${value.coefficient}e${value.exponent}`)
}

function number(text: string): FeelNumber {
  return parseNumber(text) as FeelNumber
}

function text(value: FeelNumber | null): string {
  return value === null ? 'null' : formatNumber(value)
}

function same(value: FeelNumber | null, oracle: Decimal): void {
  expect(value).not.toBeNull()
  expect(toOracle(value as FeelNumber).eq(oracle)).toBe(true)
}

describe('the four operations are those of decimal.js at 34 digits', () => {
  it('addition and subtraction', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        same(addNumbers(a, b), toOracle(a).add(toOracle(b)))
        same(subtractNumbers(a, b), toOracle(a).sub(toOracle(b)))
      }),
    )
  })
  it('multiplication', () => {
    fc.assert(
      fc.property(any, any, (a, b) => same(multiplyNumbers(a, b), toOracle(a).mul(toOracle(b)))),
    )
  })
  it('division', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        if (b.coefficient === 0n) expect(divideNumbers(a, b)).toBeNull()
        else same(divideNumbers(a, b), toOracle(a).div(toOracle(b)))
      }),
    )
  })
  it('comparison and whole numbers', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(compareNumbers(a, b)).toBe(toOracle(a).cmp(toOracle(b)))
        expect(isWhole(a)).toBe(toOracle(a).isInteger())
      }),
    )
  })
})

describe('laws', () => {
  it('text and back is the same value, without trailing zeros', () => {
    fc.assert(
      fc.property(any, (a) => {
        const written = formatNumber(a)
        expect(compareNumbers(number(written), a)).toBe(0)
        expect(written).toBe(written.includes('e') ? written : toOracle(a).toFixed())
      }),
    )
  })
  it('sums of short numbers are exact and commute', () => {
    fc.assert(
      fc.property(fc.array(short, { maxLength: 20 }), (items) => {
        const sum = (list: readonly FeelNumber[]): FeelNumber =>
          list.reduce((total, item) => addNumbers(total, item) as FeelNumber, number('0'))
        expect(compareNumbers(sum(items), sum(items.toReversed()))).toBe(0)
      }),
    )
  })
  it('a − b + b = a while the digits suffice', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        const difference = subtractNumbers(a, b) as FeelNumber
        expect(compareNumbers(addNumbers(difference, b) as FeelNumber, a)).toBe(0)
      }),
    )
  })
  it('the digits of a whole number are counted', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 250n), 10n ** 250n), (whole) => {
        expect(countDigits(whole)).toBe(whole.toString().replace('-', '').length)
      }),
    )
  })
})

describe('edges of decimal128', () => {
  it.each([
    ['0.1', '+', '0.2', '0.3'],
    ['9999999999999999999999999999999999', '+', '1', '10000000000000000000000000000000000'],
    ['9999999999999999999999999999999999', '+', '0.5', '10000000000000000000000000000000000'],
    ['9999999999999999999999999999999998', '+', '0.5', '9999999999999999999999999999999998'],
    ['1e6144', '+', '1e-6176', '1e+6144'],
    ['1', '+', '1e-100', '1'],
    ['1', '-', '1e-100', '1'],
    ['9e6144', '+', '9e6144', 'null'],
    ['1e-6176', '/', '2', '0'],
    ['3e-6176', '/', '2', '2e-6176'],
    ['1e-3000', '*', '1e-4000', '0'],
    ['1e3000', '*', '1e4000', 'null'],
    ['1', '/', '0', 'null'],
    ['1', '/', '8', '0.125'],
    ['6', '/', '3', '2'],
  ])('%s %s %s = %s', (left, operator, right, expected) => {
    const a = number(left)
    const b = number(right)
    const results = {
      '+': addNumbers,
      '-': subtractNumbers,
      '*': multiplyNumbers,
      '/': divideNumbers,
    }
    const result = results[operator as keyof typeof results](a, b)
    expect(text(result)).toBe(expected)
  })
  it.each([
    ['1e6145', 'null'],
    ['12345678901234567890123456789012345', '12345678901234567890123456789012340'],
    ['1e-7000', '0'],
    ['00012.500', '12.5'],
  ])('reads %s as %s', (written, expected) => {
    expect(text(parseNumber(written) ?? null)).toBe(expected)
  })
  it.each([
    '',
    '-',
    '1.',
    '.',
    '1e',
    '1e+',
    '+1',
    '1_0',
    ' 1',
    '0x1',
    'NaN',
    'Infinity',
    '1e99999999',
  ])('refuses %s', (written) => {
    expect(parseNumber(written)).toBeUndefined()
  })
  it('tells places or that they do not suffice', () => {
    expect(formatPlaces(number('3120.5'), 2)).toBe('3120.50')
    expect(formatPlaces(number('-0.05'), 2)).toBe('-0.05')
    expect(formatPlaces(number('5'), 0)).toBe('5')
    expect(formatPlaces(number('1.005'), 2)).toBeUndefined()
  })
  it('tells whole numbers within 2^53 only', () => {
    expect(toWhole(number('12.0'))).toBe(12)
    expect(toWhole(number('1e3'))).toBe(1000)
    expect(toWhole(number('1.5'))).toBeUndefined()
    expect(toWhole(number('9007199254740993'))).toBeUndefined()
  })
})

const ORACLE_MODES: Record<RoundingMode, Decimal.Rounding> = {
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  FLOOR: Decimal.ROUND_FLOOR,
  CEILING: Decimal.ROUND_CEIL,
}

describe('rounding and modulo', () => {
  it.each(ROUNDING_MODES)('%s is that of decimal.js', (mode) => {
    fc.assert(
      fc.property(short, fc.integer({ min: 0, max: 6 }), (a, places) => {
        same(roundNumber(a, places, mode), toOracle(a).toDecimalPlaces(places, ORACLE_MODES[mode]))
      }),
    )
  })
  it('rounds far beyond its digits', () => {
    expect(text(roundNumber(number('1e-6000'), -6111, 'UP'))).toBe('1e+6111')
    expect(text(roundNumber(number('1e-6000'), -6111, 'HALF_UP'))).toBe('0')
    expect(text(roundNumber(number('5'), 6176, 'UP'))).toBe('5')
  })
  it('modulo has the sign of the divisor and loses nothing', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        fc.pre(b.coefficient !== 0n)
        const quotient = toOracle(a).div(toOracle(b)).floor()
        same(moduloNumbers(a, b), new Wide(toOracle(a)).sub(new Wide(toOracle(b)).mul(quotient)))
      }),
    )
  })
})

describe('powers, roots, logarithms to 34 digits', () => {
  const positive = short.map((a) =>
    a.coefficient <= 0n ? new FeelNumber(1n - a.coefficient, a.exponent) : a,
  )
  it('square root', () => {
    fc.assert(fc.property(positive, (a) => same(squareRoot(a), toOracle(a).sqrt())))
  })
  it('logarithm', () => {
    fc.assert(
      fc.property(positive, (a) => same(naturalLogarithm(a), toOracle(a).ln())),
      { numRuns: 50 },
    )
  })
  it('exponential', () => {
    const exponents = short.map(
      (a) => roundNumber(new FeelNumber(a.coefficient, -5), 4, 'DOWN') as FeelNumber,
    )
    fc.assert(
      fc.property(exponents, (a) => same(exponential(a), toOracle(a).exp())),
      { numRuns: 50 },
    )
  })
  it('whole powers', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: -30, max: 30 }), (a, count) => {
        const exact = new Wide(toOracle(a)).pow(count)
        same(
          powerNumber(a, number(String(count))),
          new Oracle(exact.toSignificantDigits(34, Decimal.ROUND_HALF_EVEN)),
        )
      }),
    )
  })
  it('powers with a fraction', () => {
    const exact = new Wide(5).pow('2.55').toSignificantDigits(34, Decimal.ROUND_HALF_EVEN)
    same(powerNumber(number('5'), number('2.55')), new Oracle(exact))
  })
  it('a million squarings end', () => {
    expect(text(powerNumber(number('1.000000001'), number('999999999')))).toMatch(/^2\.71828182/)
    expect(powerNumber(number('2'), number('999999999'))).toBeNull()
    expect(text(powerNumber(number('-1'), number('1000000000001')))).toBe('-1')
    expect(text(powerNumber(number('0.5'), number('1e30')))).toBe('0')
  })
})

describe('makeNumber', () => {
  it('rounds once, also below the least exponent', () => {
    expect(text(makeNumber(25n, -6177))).toBe('2e-6176')
    expect(text(makeNumber(35n, -6177))).toBe('4e-6176')
    expect(text(negateNumber(makeNumber(5n, -6178) as FeelNumber))).toBe('0')
  })
})
