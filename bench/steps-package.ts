import type { PackageDocument } from '@renshe/contracts'

/**
 * A fictional library's reading card: each decision checks the deposit, asks a rule that reads a published
 * parameter and keeps its trace, computes a date and records an entry of a register; a clock of working days
 * runs meanwhile.
 */
export const READING_CARD: PackageDocument = {
  v: 1,
  kind: 'service',
  name: 'reading-card',
  version: '1.0.0',
  title: { zh: '阅读卡', en: 'Reading card' },
  responsible: 'LIB',
  effectiveFrom: '2026-01-01',
  uses: [],
  basis: ['reading-statute/1'],
  law: [
    {
      id: 'reading-statute/1',
      instrument: 'Reading statute',
      article: '1',
      effectiveFrom: '2020-01-01',
      effectiveTo: null,
      certainty: 'P',
      quotation: 'Everyone may read.',
    },
  ],
  parameters: [
    {
      parameter: 'reading-card.yuan-per-loan',
      value: '2.50',
      region: '000000',
      effectiveFrom: '2026-01-01',
      effectiveTo: null,
      basis: 'reading-statute/1',
    },
  ],
  rules: [
    {
      id: 'reading-card.deposit',
      title: { zh: '押金', en: 'Deposit' },
      clause: ['reading-statute/1'],
      effectiveFrom: '2026-01-01',
      facts: [
        { name: 'loans', type: 'int' },
        { name: 'share', type: 'decimal' },
      ],
      outputs: [
        { name: 'full', type: 'money' },
        { name: 'deposit', type: 'money' },
      ],
      steps: [
        { name: 'full', expression: 'loans * parameter("reading-card.yuan-per-loan")' },
        {
          name: 'deposit',
          expression: 'full * share',
          rounding: { mode: 'DOWN', places: 2, clause: 'reading-statute/1' },
        },
      ],
      parameters: ['reading-card.yuan-per-loan'],
    },
  ],
  rows: {},
  registers: {
    'reading-card': {
      key: ['number'],
      fields: {
        kind: { type: 'code', codes: ['CHILD', 'ADULT'] },
        issuedOn: { type: 'date' },
        deposit: { type: 'money' },
      },
      sections: [],
    },
  },
  charts: {},
  alerts: {},
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
    sections: {},
    determinations: {},
    steps: {
      decide: {
        holder: 'library',
        by: { role: 'librarian' },
        form: {
          fields: { loans: { type: 'integer' }, share: { type: 'decimal', places: 3 } },
          sections: [],
        },
        compute: [
          {
            name: 'due',
            rule: 'reading-card.deposit',
            facts: { loans: 'loans', share: 'share' },
          },
        ],
        checks: [
          {
            unless: 'due.deposit <= 50',
            refuse: 'DEPOSIT_TOO_HIGH',
            facts: { most: '50.00' },
            clause: 'reading-statute/1',
          },
        ],
        outcomes: {
          granted: {
            checks: [],
            compute: [{ name: 'issuedOn', type: 'date', is: 'today' }],
            effects: [
              {
                record: 'reading-card',
                key: 'number',
                owner: 'library',
                fields: { kind: 'kind', issuedOn: 'issuedOn', deposit: 'due.deposit' },
              },
            ],
            then: [],
            ends: 'GRANTED',
            sections: [],
          },
        },
        clocks: {
          decision: {
            kind: 'within',
            limit: { amount: 3, unit: 'working-days' },
            promised: { amount: 1, unit: 'working-days' },
            clause: 'reading-statute/1',
            lapse: { alert: 'DECISION_LATE', to: ['library', 'SUP'] },
          },
        },
      },
    },
    withdrawal: { by: 'school', while: ['decide'], effects: [] },
    retention: { amount: 1, unit: 'years', clause: 'reading-statute/1' },
  },
  texts: { zh: textsOf(), en: textsOf() },
  examples: {
    rules: [
      {
        rule: 'reading-card.deposit',
        name: 'ten loans',
        source: 'hand',
        arithmetic: '10 × 2.50 = 25.00; × 0.333 = 8.325, down: 8.32',
        on: '2026-09-25',
        region: '000000',
        facts: { loans: 10, share: '0.333' },
        outputs: { full: '25.00', deposit: '8.32' },
      },
    ],
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
          },
          {
            by: 'cityLibrary',
            do: 'act',
            step: 'decide',
            outcome: 'granted',
            fields: { loans: 21, share: '1.000' },
            expect: { refused: 'DEPOSIT_TOO_HIGH', facts: { most: '50.00' } },
          },
          {
            by: 'cityLibrary',
            do: 'act',
            step: 'decide',
            outcome: 'granted',
            fields: { loans: 10, share: '0.333' },
            expect: { status: 'GRANTED', open: [], values: { issuedOn: '2026-09-04' } },
          },
        ],
      },
    ],
  },
}

function textsOf(): Record<string, string> {
  return {
    'step.decide': 'Decide',
    'refuse.DEPOSIT_TOO_HIGH': 'The deposit may be at most {most}.',
    'sign.open': 'I ask for card {number} of kind {kind} at {branch}.',
    'sign.decide': 'I decide; {loans} loans, share {share}.',
  }
}
