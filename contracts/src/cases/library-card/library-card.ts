/*
 * The smallest useful package: a school asks for a library card, the library decides in three working
 * days. Fictional, like every service of this folder: no rule of a real one leaks into the core.
 */
import type { PackageDocument } from '../../catalogue/package-document.ts'
import { CARD_TEXTS } from './library-texts.ts'

/** A package without anything in it. */
export const EMPTY_PACKAGE: PackageDocument = {
  v: 1,
  kind: 'library',
  name: 'nothing',
  version: '1.0.0',
  title: { zh: '示例', en: 'Example' },
  responsible: 'LIB',
  effectiveFrom: '2026-01-01',
  uses: [],
  basis: ['library-statute/1'],
  law: [
    {
      id: 'library-statute/1',
      instrument: 'Library statute',
      article: '1',
      effectiveFrom: '2020-01-01',
      effectiveTo: null,
      certainty: 'P',
      quotation: 'Everyone may read.',
    },
  ],
  parameters: [],
  rules: [],
  rows: {},
  registers: {},
  charts: {},
  alerts: {},
  service: null,
  texts: { zh: {}, en: {} },
  examples: { rules: [], cases: [] },
}

export const LIBRARY_CARD: PackageDocument = {
  ...EMPTY_PACKAGE,
  kind: 'service',
  name: 'library-card',
  title: { zh: '借书证', en: 'Library card' },
  texts: CARD_TEXTS,
  registers: {
    'library-card': {
      key: ['number'],
      fields: {
        kind: { type: 'code', codes: ['CHILD', 'ADULT'] },
        issuedOn: { type: 'date' },
        deposit: { type: 'money' },
      },
      sections: ['reason'],
    },
  },
  service: {
    parties: { school: { from: 'opener' }, library: { from: 'branch' } },
    references: {},
    opens: {
      by: 'school',
      fields: {
        number: { type: 'reference' },
        kind: { type: 'code', codes: ['CHILD', 'ADULT'] },
        branch: { type: 'member' },
      },
      compute: [],
      checks: [],
      unique: 'number',
      then: ['decide'],
    },
    sections: {
      reason: {
        level: 2,
        owner: 'library',
        readers: ['school'],
        fields: { text: { type: 'text' } },
        sharing: 'CONDITIONAL',
        use: 'VIEW',
        purpose: 'CARD',
      },
    },
    determinations: {},
    steps: {
      decide: {
        holder: 'library',
        by: { role: 'librarian' },
        form: { fields: { deposit: { type: 'money', suggest: '20.00' } }, sections: [] },
        compute: [],
        checks: [
          {
            unless: 'deposit <= 50',
            refuse: 'DEPOSIT_TOO_HIGH',
            facts: { most: '50.00' },
            clause: 'library-statute/1',
          },
        ],
        outcomes: {
          granted: {
            checks: [],
            compute: [{ name: 'issuedOn', type: 'date', is: 'today' }],
            effects: [
              {
                record: 'library-card',
                key: 'number',
                owner: 'library',
                fields: { kind: 'kind', issuedOn: 'issuedOn', deposit: 'deposit' },
              },
            ],
            then: [],
            ends: 'GRANTED',
            sections: [],
          },
          refused: {
            checks: [],
            compute: [],
            effects: [],
            then: [],
            ends: 'REFUSED',
            sections: ['reason'],
          },
        },
        clocks: {
          decision: {
            kind: 'within',
            limit: { amount: 3, unit: 'working-days' },
            promised: { amount: 1, unit: 'working-days' },
            clause: 'library-statute/1',
            lapse: { alert: 'DECISION_LATE', to: ['library', 'SUP'] },
          },
        },
      },
    },
    withdrawal: { by: 'school', while: ['decide'], effects: [] },
    retention: { amount: 1, unit: 'years', clause: 'library-statute/1' },
  },
  examples: {
    rules: [],
    cases: [
      {
        name: 'card-granted',
        title: { zh: '发证', en: 'A card is granted' },
        at: '2026-09-04T10:00',
        world: { members: { school: [], cityLibrary: ['LIB'] }, entries: [], packages: [] },
        acts: [
          {
            by: 'school',
            do: 'open',
            fields: { number: 'C-1', kind: 'CHILD', branch: 'cityLibrary' },
            expect: { status: 'OPEN', open: ['decide'], values: { library: 'cityLibrary' } },
          },
          {
            by: 'cityLibrary',
            do: 'act',
            step: 'decide',
            outcome: 'granted',
            fields: { deposit: '50.01' },
            expect: { refused: 'DEPOSIT_TOO_HIGH', facts: { most: '50.00' } },
          },
          {
            by: 'cityLibrary',
            do: 'act',
            step: 'decide',
            outcome: 'granted',
            fields: { deposit: '20.00' },
            expect: {
              status: 'GRANTED',
              open: [],
              values: { issuedOn: '2026-09-04' },
              entries: [
                {
                  register: 'library-card',
                  key: 'C-1',
                  fields: { deposit: '20.00', kind: 'CHILD', status: 'OPEN' },
                },
              ],
            },
          },
        ],
      },
      {
        name: 'card-late',
        title: { zh: '超期', en: 'The library is late' },
        at: '2026-09-04T10:00',
        world: { members: { school: [], cityLibrary: ['LIB'] }, entries: [], packages: [] },
        acts: [
          {
            by: 'school',
            do: 'open',
            fields: { number: 'C-1', kind: 'ADULT', branch: 'cityLibrary' },
          },
          {
            by: 'school',
            do: 'lapse',
            step: 'decide',
            at: '2026-09-07T23:59',
            expect: { refused: 'NOTHING_LAPSED' },
          },
          {
            by: 'school',
            do: 'lapse',
            step: 'decide',
            at: '2026-09-10T00:01',
            expect: { alerts: ['DECISION_LATE'], open: ['decide'] },
          },
          {
            by: 'cityLibrary',
            do: 'act',
            step: 'decide',
            outcome: 'refused',
            fields: { deposit: '0.00' },
            sections: { reason: { text: 'no such branch' } },
            expect: { status: 'REFUSED' },
          },
        ],
      },
    ],
  },
}
