/*
 * Goal: an alert rule's `on` is read exactly as written, and anything else is not a trigger.
 * Method: a table of forms; one word changed per row.
 */
import { describe, expect, it } from 'vitest'
import { alertCode, findTrigger } from './alert-rule.ts'

describe('on', () => {
  it.each<[string, ReturnType<typeof findTrigger>]>([
    ['StepLapsed', { event: 'StepLapsed', after: null, unless: null }],
    [
      'CaseOpened after 36 hours',
      { event: 'CaseOpened', after: { amount: 36, unit: 'hours' }, unless: null },
    ],
    [
      'StepOpened after 2 working-days unless StepDone',
      {
        event: 'StepOpened',
        after: { amount: 2, unit: 'working-days' },
        unless: 'StepDone',
      },
    ],
  ])('%s', (on, trigger) => {
    expect(findTrigger(on)).toEqual(trigger)
  })

  it.each([
    '',
    'stepLapsed',
    'Step-Lapsed',
    'X',
    'StepLapsed ',
    'StepLapsed after',
    'StepLapsed before 2 days',
    'StepLapsed after two days',
    'StepLapsed after 0 days',
    'StepLapsed after -1 days',
    'StepLapsed after 99999 days',
    'StepLapsed after 2',
    'StepLapsed after 2 weeks',
    'StepLapsed after 2 days until StepDone',
    'StepLapsed after 2 days unless',
    'StepLapsed after 2 days unless stepDone',
    'StepLapsed after 2 days unless StepDone now',
  ])('not %j', (on) => {
    expect(findTrigger(on)).toBeUndefined()
  })
})

it.each([
  ['bill-late', 'BILL_LATE'],
  ['BILL_LATE', 'BILL_LATE'],
  ['late2', 'LATE2'],
])('%s is raised as %s', (name, code) => {
  expect(alertCode(name)).toBe(code)
})
