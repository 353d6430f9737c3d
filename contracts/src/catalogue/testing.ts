/*
 * A fictional service for tests of the catalogue: who borrows a book in the reading room, and pays
 * a fine.
 */
import type { PackageDocument } from './package-document.ts'

const NOTHING: PackageDocument = {
  v: 1,
  kind: 'library',
  name: 'nothing',
  version: '1.0.0',
  title: { zh: '示例', en: 'Example' },
  responsible: 'LIB',
  effectiveFrom: '2026-09-01',
  uses: [],
  basis: [],
  law: [],
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

/** A library of one rule, one parameter and the calendar. */
export const FINES: PackageDocument = {
  ...NOTHING,
  name: 'fines',
  law: [
    {
      id: 'library-statute/7',
      instrument: 'library-statute',
      article: '7',
      effectiveFrom: '2020-01-01',
      effectiveTo: null,
      certainty: 'P',
      quotation: 'A day late costs what the table says.',
    },
  ],
  parameters: [
    {
      parameter: 'fines.per-day',
      value: '0.50',
      region: '000000',
      effectiveFrom: '2020-01-01',
      effectiveTo: '2026-12-31',
      basis: 'library-statute/7',
    },
    {
      parameter: 'fines.per-day',
      value: '0.60',
      region: '000000',
      effectiveFrom: '2027-01-01',
      effectiveTo: null,
      basis: 'library-statute/7',
    },
    {
      parameter: 'calendar.day',
      value: 'HOLIDAY',
      region: '000000',
      effectiveFrom: '2026-10-01',
      effectiveTo: '2026-10-01',
      basis: 'library-statute/7',
    },
  ],
  rules: [
    {
      id: 'fines.amount',
      title: { zh: '滞还费', en: 'Fine' },
      clause: ['library-statute/7'],
      effectiveFrom: '2020-01-01',
      facts: [{ name: 'days', type: 'int' }],
      outputs: [{ name: 'amount', type: 'money' }],
      steps: [{ name: 'amount', expression: 'days * parameter("fines.per-day")' }],
      parameters: ['fines.per-day'],
    },
  ],
  examples: {
    rules: [
      {
        rule: 'fines.amount',
        name: 'three days',
        source: 'hand',
        arithmetic: '3 × 0.50 = 1.50',
        on: '2026-09-01',
        region: '000000',
        facts: { days: 3 },
        outputs: { amount: '1.50' },
      },
      {
        rule: 'fines.amount',
        name: 'no days',
        source: 'hand',
        arithmetic: 'nothing is missing',
        on: '2026-09-01',
        region: '000000',
        facts: {},
        refused: 'FACT_MISSING',
      },
    ],
    cases: [],
  },
}

/** A service with public and sealed parts, rows, a determination, clocks and effects. */
export const READING_ROOM: PackageDocument = {
  ...NOTHING,
  kind: 'service',
  name: 'reading-room',
  uses: ['fines'],
  basis: ['library-statute/7'],
  rows: {
    loan: {
      columns: {
        reader: { type: 'text' },
        days: { type: 'integer' },
        fine: { type: 'money' },
      },
      unique: 'reader',
      checks: [{ unless: 'days >= 0', refuse: 'DAYS_NEGATIVE', column: 'days' }],
    },
  },
  registers: {
    'reading-card': {
      key: ['number'],
      fields: { kind: { type: 'code', codes: ['CHILD', 'ADULT'] }, issuedOn: { type: 'date' } },
      sections: ['reason'],
    },
  },
  charts: {
    till: {
      accounts: [
        { no: '1001', name: 'cash', side: 'debit', measure: 'fen', neverNegative: true },
        { no: '2001', name: 'fines', side: 'credit', measure: 'fen' },
      ],
      equalities: [{ left: ['1001'], right: ['2001'] }],
    },
  },
  service: {
    parties: { school: { from: 'opener' }, library: { from: 'branch' } },
    references: {},
    opens: {
      by: 'school',
      fields: { number: { type: 'reference' }, branch: { type: 'member' } },
      compute: [],
      checks: [],
      unique: 'number',
      then: ['hand-in'],
    },
    sections: {
      reason: {
        level: 2,
        owner: 'library',
        readers: ['school'],
        fields: { words: { type: 'text' } },
        sharing: 'CONDITIONAL',
        use: 'VIEW',
        purpose: 'CARD',
      },
      loans: {
        level: 2,
        owner: 'library',
        readers: ['school'],
        rows: 'loan',
        totals: { fines: { sum: 'fine', type: 'money' } },
        sharing: 'CONDITIONAL',
        use: 'VIEW',
        purpose: 'FINES',
      },
    },
    determinations: {
      fines: {
        of: 'loans',
        members: ['library', 'school'],
        with: [{ name: 'cap', type: 'money', is: '20.00' }],
        each: [{ name: 'due', rule: 'fines.amount', facts: { days: 'days' } }],
        rowChecks: [{ unless: 'due.amount = fine', refuse: 'FINE_WRONG', column: 'fine' }],
        outputs: [{ name: 'total', type: 'money', is: 'sum(rows[outcome = "OK"].fine)' }],
      },
    },
    steps: {
      'hand-in': {
        holder: 'school',
        form: { fields: { month: { type: 'month' } }, batch: 'loans', sections: [] },
        compute: [{ name: 'asked', type: 'money', is: 'loans.fines' }],
        checks: [{ unless: 'asked > 0', refuse: 'NOTHING_DUE' }],
        outcomes: {
          done: { checks: [], compute: [], effects: [], then: ['settle'], sections: [] },
        },
        clocks: {},
      },
      settle: {
        holder: 'library',
        determine: 'fines',
        compute: [],
        checks: [],
        outcomes: {
          agreed: { checks: [], compute: [], effects: [], then: ['decide'], sections: [] },
        },
        clocks: {},
      },
      decide: {
        holder: 'library',
        by: { notSignerOf: ['settle'] },
        form: { fields: { kind: { type: 'code', codes: ['CHILD', 'ADULT'] } }, sections: [] },
        compute: [],
        checks: [],
        outcomes: {
          granted: {
            checks: [],
            compute: [],
            effects: [
              {
                record: 'reading-card',
                key: 'number',
                owner: 'library',
                fields: { kind: 'kind', issuedOn: 'today' },
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
            limit: { amount: 10, unit: 'days' },
            promised: { amount: 5, unit: 'days' },
            clause: 'library-statute/7',
            lapse: { outcome: 'refused' },
          },
        },
      },
    },
    retention: { amount: 3, unit: 'years', clause: 'library-statute/7' },
  },
  texts: {
    zh: {
      'sign.open': '由 {branch} 办理借书证 {number}。',
      'sign.hand-in': '报送 {month} 的借阅明细。',
      'sign.decide': '发放 {kind} 借书证。',
      'step.hand-in': '报送',
      'step.settle': '核对',
      'step.decide': '决定',
      'refuse.NOTHING_DUE': '无应缴款项。',
      'refuse.DAYS_NEGATIVE': '天数不得为负。',
      'refuse.FINE_WRONG': '金额不符。',
    },
    en: {
      'sign.open': 'A reading card {number} from {branch}.',
      'sign.hand-in': 'The loans of {month}.',
      'sign.decide': 'A reading card {kind}.',
      'step.hand-in': 'Hand in',
      'step.settle': 'Compare',
      'step.decide': 'Decide',
      'refuse.NOTHING_DUE': 'Nothing is due.',
      'refuse.DAYS_NEGATIVE': 'Days are not negative.',
      'refuse.FINE_WRONG': 'The fine differs.',
    },
  },
}

/**
 * The same package with members changed.
 *
 * @param changes  by JSON pointer; `undefined` takes the member away, `/-` at the end appends
 */
export function changed(
  document: PackageDocument,
  changes: Readonly<Record<string, unknown>>,
): PackageDocument {
  const copy = structuredClone(document)
  for (const [pointer, value] of Object.entries(structuredClone(changes))) {
    const names = pointer.slice(1).split('/')
    const last = names.pop() as string
    let parent = copy as unknown as Record<string, unknown>
    for (const name of names) parent = parent[name] as Record<string, unknown>
    if (last === '-') (parent as unknown as unknown[]).push(value)
    else if (value === undefined) delete parent[last]
    else parent[last] = value
  }
  return copy
}
