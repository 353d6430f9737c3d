import type { PackageDocument } from '../../catalogue/package-document.ts'
import { EMPTY_PACKAGE } from './library-card.ts'

/** Rows, registers, chart and rule that the services of the fictional library share; a holiday too. */
export const LIBRARY_RULES: PackageDocument = {
  ...EMPTY_PACKAGE,
  name: 'library-rules',
  parameters: [
    {
      parameter: 'library-rules.yuan-per-pupil',
      value: '25.00',
      region: '000000',
      effectiveFrom: '2026-01-01',
      effectiveTo: null,
      basis: 'library-statute/1',
    },
    {
      parameter: 'calendar.day',
      value: 'HOLIDAY',
      region: '000000',
      effectiveFrom: '2026-10-01',
      effectiveTo: '2026-10-01',
      basis: 'library-statute/1',
    },
    {
      parameter: 'calendar.day',
      value: 'WORKDAY',
      region: '000000',
      effectiveFrom: '2026-10-03',
      effectiveTo: '2026-10-03',
      basis: 'library-statute/1',
    },
  ],
  rules: [
    {
      id: 'library-rules.quota',
      title: { zh: '购书额度', en: 'What may be spent on books' },
      clause: ['library-statute/1'],
      effectiveFrom: '2026-01-01',
      facts: [{ name: 'pupils', type: 'int' }],
      outputs: [{ name: 'quota', type: 'money' }],
      steps: [{ name: 'quota', expression: 'pupils * parameter("library-rules.yuan-per-pupil")' }],
      parameters: ['library-rules.yuan-per-pupil'],
    },
  ],
  examples: {
    rules: [
      {
        rule: 'library-rules.quota',
        name: 'ten pupils',
        source: 'hand',
        arithmetic: '10 × 25.00 = 250.00',
        on: '2026-09-25',
        region: '000000',
        facts: { pupils: 10 },
        outputs: { quota: '250.00' },
      },
    ],
    cases: [],
  },
  rows: {
    book: {
      columns: {
        reader: { type: 'text', maxLength: 40 },
        title: { type: 'text', maxLength: 100 },
        price: { type: 'money', minimum: '0.00' },
        copies: { type: 'integer', minimum: '1' },
      },
      unique: 'reader',
      checks: [{ unless: 'copies <= 30', refuse: 'TOO_MANY_COPIES', column: 'copies' }],
    },
  },
  registers: {
    'reading-account': {
      key: ['number'],
      fields: {
        library: { type: 'member' },
        treasurer: { type: 'member' },
        reviewers: { type: 'member', many: true },
        pupils: { type: 'integer' },
        spent: { type: 'money' },
      },
      sections: [],
      book: {
        chart: 'reading-money',
        unitPlaces: '2',
        navPlaces: '2',
        owner: 'library',
        custodian: 'treasurer',
      },
    },
    shelf: { key: ['number', 'term'], fields: { copies: { type: 'integer' } }, sections: [] },
  },
  charts: {
    'reading-money': {
      accounts: [
        { no: '1001', name: 'cash', side: 'debit', measure: 'fen', neverNegative: true },
        { no: '2001', name: 'received', side: 'credit', measure: 'fen' },
        { no: '2002', name: 'suspense', side: 'credit', measure: 'fen' },
        { no: '3001', name: 'readers', side: 'credit', measure: 'fen' },
        { no: 'U1', name: 'pointsInIssue', side: 'debit', measure: 'units' },
        { no: 'U2', name: 'readersPoints', side: 'credit', measure: 'units' },
      ],
      equalities: [{ left: ['U1'], right: ['U2'] }],
      subledger: { cost: ['3001'], units: 'U2' },
      suspense: { debit: '1001', credit: '2002' },
    },
  },
}
