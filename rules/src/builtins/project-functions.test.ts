/**
 * Goal: working days, periods and check digits give what determinations §5 and the national
 * standards say.
 * Method: expressions over a small calendar of spring 2026; published examples of GB 11643 and GB
 * 32100.
 */
import { describe, expect, it } from 'vitest'
import { makeWorkingCalendar } from '../calendar/working-calendar.ts'
import { compile } from '../compile/compile.ts'
import { holds, NOW } from '../compile/feel.test-support.ts'
import { Run } from '../runtime/run.ts'
import { toLiteral } from '../value/format-value.ts'

/** Spring Festival 2026 as published: 15 to 23 February free, 14 and 28 February worked. */
const CALENDAR = makeWorkingCalendar(
  {
    holidays: [15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `2026-02-${day}`),
    workdays: ['2026-02-14', '2026-02-28'],
  },
  [2026],
)

function over(expression: string): { value: string; assumed: boolean } {
  const run = new Run({ get: () => undefined }, { now: NOW, calendar: CALENDAR })
  const value = toLiteral(compile(expression, { names: [] }).run(run))
  return { value, assumed: run.isCalendarAssumed }
}

describe('determinations §5: working days', () => {
  it.each([
    ['add working days(@"2026-02-13", 0)', 'date("2026-02-13")'],
    ['add working days(@"2026-02-13", 1)', 'date("2026-02-14")'],
    ['add working days(@"2026-02-13", 2)', 'date("2026-02-24")'],
    ['add working days(@"2026-02-13", 5)', 'date("2026-02-27")'],
    ['add working days(@"2026-02-13", 6)', 'date("2026-02-28")'],
    ['add working days(@"2026-02-24", -1)', 'date("2026-02-14")'],
    ['working days between(@"2026-02-13", @"2026-02-28")', '6'],
    ['working days between(@"2026-02-28", @"2026-02-13")', '-6'],
    ['working days between(@"2026-02-14", @"2026-02-14")', '0'],
    ['next working day(@"2026-02-15")', 'date("2026-02-24")'],
    ['next working day(@"2026-02-14")', 'date("2026-02-14")'],
    ['is working day(@"2026-02-28")', 'true'],
    ['is working day(@"2026-02-23")', 'false'],
  ])('%s → %s', (expression, expected) => {
    expect(over(expression)).toEqual({ value: expected, assumed: false })
  })

  it('counts weekends only in a year without a calendar, and says so', () => {
    expect(over('add working days(@"2026-12-31", 1)')).toEqual({
      value: 'date("2027-01-01")',
      assumed: true,
    })
  })
})

describe('民法典 art. 201–202: periods', () => {
  holds([
    ['add period(@"2026-01-31", 1, "MONTHS")', 'date("2026-02-28")'],
    ['add period(@"2024-02-29", 1, "YEARS")', 'date("2025-02-28")'],
    ['add period(@"2026-01-31", 30, "DAYS")', 'date("2026-03-02")'],
    ['add period(@"2026-01-31", @"P1Y1M")', 'date("2027-02-28")'],
    ['add period(@"2026-01-31", 1, "WEEKS")', 'null'],
  ])
})

describe('GB 11643, GB 32100, GB 11714, ISO/IEC 7812', () => {
  holds([
    [
      'resident id("11010519491231002X")',
      '{isValid: true, breaches: [], birthDate: date("1949-12-31"), gender: "2", regionCode: "110105", warnings: []}',
    ],
    ['resident id("11010519491231002x").breaches', '["CHARACTER"]'],
    ['resident id("1101051949123100").breaches', '["LENGTH"]'],
    ['resident id("110105194912310021").breaches', '["CHECK_DIGIT"]'],
    ['resident id("11010519490231002X").breaches', '["DATE", "CHECK_DIGIT"]'],
    ['resident id("11010519490231002X").birthDate', 'null'],
    ['resident id("1101051949123100２X").isValid', 'false'],
    ['credit code("91350100M000100Y43").isCheckValid', 'true'],
    ['credit code("91350100M000100Y43").organisationCode', '"M000100Y4"'],
    ['credit code("91350100M000100Y43").isOrganisationCheckValid', 'true'],
    ['credit code("91350100M000100Y43").warnings', '[]'],
    ['credit code("91350100M000100Y44").warnings', '["CHECK_CHARACTER"]'],
    [
      'credit code("91350100M000100Y53").warnings',
      '["CHECK_CHARACTER", "ORGANISATION_CODE_CHECK"]',
    ],
    ['resident id("999999199001010016").warnings', '["REGION_UNKNOWN"]'],
    ['resident id("999999199001010016", null, "999999").warnings', '[]'],
    ['resident id("999999199001010016", null, null).warnings', '["REGION_UNKNOWN"]'],
    ['resident id(text: "11010519491231002X", on: @"1949-12-30").warnings', '["IN_FUTURE"]'],
    ['resident id("110105189912310015").warnings', '["BEFORE_1900"]'],
    ['credit code("91350100M000100Y44").isCheckValid', 'false'],
    ['credit code("91350100I000100Y43").isWellFormed', 'false'],
    ['organisation code("M000100Y-4")', '{isWellFormed: true, isCheckValid: true}'],
    ['organisation code("M000100Y5").isCheckValid', 'false'],
    ['organisation code("M000100").isWellFormed', 'false'],
    ['luhn("6222021234567890128").isWellFormed', 'true'],
    ['luhn("4111111111111111")', '{isWellFormed: true, isCheckValid: true}'],
    ['luhn("4111111111111112").isCheckValid', 'false'],
    ['luhn("411111111").isWellFormed', 'false'],
  ])
})
