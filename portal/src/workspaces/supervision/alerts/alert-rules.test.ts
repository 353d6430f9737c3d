// Goal: what a package alerts about is read off its document, and an alert finds the rule that raised it.
// Method: a fictional library service with one of each kind; forms of `on` in a table.
import { describe, expect, it } from 'vitest'
import type { LoadedPackage, PackageDocument } from '../../../package/package-document.ts'
import { alertSources, codeOfRule, countSources, sourceOfAlert, triggerOf } from './alert-rules.ts'

const fiveDays = { amount: 5, unit: 'working-days' }

const library = {
  name: 'library-card',
  service: {
    steps: {
      decide: {
        clocks: {
          within: {
            kind: 'within',
            limit: fiveDays,
            clause: 'statute/4',
            lapse: { alert: 'LATE' },
          },
          quiet: { kind: 'within', limit: fiveDays, clause: 'statute/5' },
        },
        outcomes: {
          granted: { effects: [{ record: 'card' }] },
          refused: { effects: [{ alert: 'REFUSED_CARD', to: ['reader'] }] },
        },
      },
      print: {
        clocks: {
          within: {
            kind: 'within',
            limit: fiveDays,
            clause: 'statute/6',
            lapse: { alert: 'LATE' },
          },
        },
        outcomes: { done: { effects: [] } },
      },
    },
  },
  alerts: {
    'not-fetched': { on: 'CaseOpened after 2 months unless CaseEnded', when: 'true' },
    strange: { on: 'now and then', when: 'true' },
  },
} as unknown as PackageDocument

const loaded = { hash: '', document: library, uses: {} } as LoadedPackage

describe('on', () => {
  it.each([
    ['StepDisputed', { event: 'StepDisputed', after: null, unless: null }],
    [
      'StepOpened after 5 working-days unless StepDone',
      { event: 'StepOpened', after: fiveDays, unless: 'StepDone' },
    ],
    [
      'CaseOpened after 36 hours',
      { event: 'CaseOpened', after: { amount: 36, unit: 'hours' }, unless: null },
    ],
    ['StepOpened after 2 weeks', null],
    ['StepOpened after', null],
    ['stepOpened', null],
  ])('%s', (on, trigger) => {
    expect(triggerOf(on)).toEqual(trigger)
  })
})

describe('a package', () => {
  it('alerts about clocks with a lapse, outcomes with the effect, and rules of a known form', () => {
    expect(alertSources(library).map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'clock LATE',
      'outcome REFUSED_CARD',
      'clock LATE',
      'event NOT_FETCHED',
    ])
    expect(countSources([library, library])).toEqual({ all: 8, clocks: 4 })
    expect(codeOfRule('not-fetched')).toBe('NOT_FETCHED')
  })

  it('names the source of an alert, of the step that its facts name', () => {
    expect(sourceOfAlert(loaded, 'LATE', 'print')).toMatchObject({ clause: 'statute/6' })
    expect(sourceOfAlert(loaded, 'LATE', null)).toMatchObject({ clause: 'statute/4' })
    expect(sourceOfAlert(loaded, 'REFUSED_CARD', 'decide')).toMatchObject({ outcome: 'refused' })
    expect(sourceOfAlert(loaded, 'NOT_FETCHED', null)).toMatchObject({ unless: 'CaseEnded' })
    expect(sourceOfAlert(loaded, 'DETERMINATION_DISPUTED', 'decide')).toBeUndefined()
  })
})
