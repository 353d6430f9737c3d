/*
 * A reading club: fictional, so that no real service's rules leak into these rooms. A school enrols its
 * readers at the club, which keeps their accounts, and pays fees for them month by month; the treasury
 * recomputes everything that the club computes.
 */
import type { Outcome, PackageDocument, StepDefinition } from '@renshe/contracts'

const CLAUSE = 'club-statute/1'

const EMPTY: PackageDocument = {
  v: 1,
  kind: 'library',
  name: 'nothing',
  version: '1.0.0',
  title: { zh: '示例', en: 'Example' },
  responsible: 'LIB',
  effectiveFrom: '2026-01-01',
  uses: [],
  basis: [CLAUSE],
  law: [
    {
      id: CLAUSE,
      instrument: 'Club statute',
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

/** Row definitions, registers and the chart. */
export const CLUB_RULES: PackageDocument = {
  ...EMPTY,
  name: 'club-rules',
  rows: {
    'reader-row': {
      columns: {
        memberId: { type: 'resident-id' },
        name: { type: 'text', maxLength: 60 },
      },
      unique: 'memberId',
      checks: [],
    },
    'fee-row': {
      columns: {
        memberId: { type: 'resident-id' },
        name: { type: 'text', maxLength: 60 },
        fee: { type: 'money', minimum: '0.00' },
        books: { type: 'integer', minimum: '0' },
        joinedOn: { type: 'date' },
        change: { type: 'code', codes: ['NONE', 'JOINED'] },
        remark: { type: 'text', maxLength: 40, optional: true },
      },
      unique: 'memberId',
      checks: [
        { unless: 'resident id(memberId).isValid', refuse: 'BAD_ID', column: 'memberId' },
        {
          unless: 'fee <= 100',
          refuse: 'FEE_TOO_HIGH',
          column: 'fee',
          facts: { most: '100' },
          clause: CLAUSE,
        },
      ],
    },
  },
  registers: {
    club: {
      key: ['number'],
      fields: { club: { type: 'member' }, treasury: { type: 'member' } },
      sections: [],
      book: { chart: 'club-money', unitPlaces: '2', navPlaces: '2', owner: 'club' },
    },
    'club-enrolment': {
      key: ['number', 'case'],
      fields: { root: { type: 'digest' }, count: { type: 'integer' } },
      sections: [],
    },
  },
  charts: {
    'club-money': {
      accounts: [
        { no: '2001', name: 'received', side: 'either', measure: 'fen' },
        { no: '3001', name: 'readers', side: 'credit', measure: 'fen' },
        { no: 'U1', name: 'pointsInIssue', side: 'debit', measure: 'units' },
        { no: 'U2', name: 'readersPoints', side: 'credit', measure: 'units' },
      ],
      equalities: [{ left: ['U1'], right: ['U2'] }],
      subledger: { cost: ['3001'], units: 'U2' },
    },
  },
}

function leadsTo(...then: string[]): Outcome {
  return { checks: [], compute: [], effects: [], then, sections: [] }
}

function stepOf(holder: string, outcomes: StepDefinition['outcomes']): StepDefinition {
  return { holder, compute: [], checks: [], outcomes, clocks: {} }
}

const PARTIES = {
  school: { from: 'opener' },
  club: { from: 'entity.club' },
  treasury: { from: 'entity.treasury' },
}
const RETENTION = { amount: 1, unit: 'years', clause: CLAUSE } as const

function sectionOf(owner: string, readers: readonly string[]) {
  return {
    level: 2 as const,
    owner,
    readers,
    sharing: 'CONDITIONAL' as const,
    use: 'STORE' as const,
    purpose: 'FEES',
  }
}

/** A club that a treasury looks after. */
export const CLUB_FOUNDING: PackageDocument = {
  ...EMPTY,
  kind: 'service',
  name: 'club-founding',
  uses: ['club-rules'],
  texts: {
    zh: { 'sign.open': '设立 {number},由 {treasurer} 核对。' },
    en: { 'sign.open': 'We found {number}; {treasurer} recomputes.' },
  },
  service: {
    parties: { club: { from: 'opener' } },
    references: {},
    opens: {
      by: 'club',
      fields: { number: { type: 'reference' }, treasurer: { type: 'member' } },
      compute: [],
      checks: [],
      then: ['found'],
    },
    sections: {},
    determinations: {},
    steps: {
      found: stepOf('club', {
        founded: {
          ...leadsTo(),
          effects: [
            {
              record: 'club',
              key: 'number',
              owner: 'club',
              fields: { club: 'case.opener', treasury: 'treasurer' },
            },
          ],
          ends: 'FOUNDED',
        },
      }),
    },
    retention: RETENTION,
  },
}

/** Readers get accounts: the record of a row is the account. */
export const CLUB_ENROLMENT: PackageDocument = {
  ...EMPTY,
  kind: 'service',
  name: 'club-enrolment',
  uses: ['club-rules'],
  texts: {
    zh: { 'sign.open': '为 {number} 报名。' },
    en: { 'sign.open': 'We enrol readers at {number}.' },
  },
  service: {
    parties: PARTIES,
    references: { entity: { register: 'club', key: 'number' } },
    opens: {
      by: 'school',
      fields: { number: { type: 'reference' } },
      compute: [],
      checks: [],
      then: ['enrol'],
    },
    sections: { readers: { ...sectionOf('club', ['school', 'treasury']), rows: 'reader-row' } },
    determinations: {},
    steps: {
      enrol: {
        ...stepOf('school', {
          enrolled: {
            ...leadsTo(),
            effects: [
              {
                record: 'club-enrolment',
                key: 'number + "/" + case.id',
                owner: 'club',
                fields: { root: 'readers.root', count: 'readers.count' },
              },
            ],
            ends: 'ENROLLED',
          },
        }),
        form: { fields: {}, batch: 'readers', sections: [] },
      },
    },
    retention: RETENTION,
  },
}

const ALLOCATION: NonNullable<PackageDocument['service']>['determinations'][string] = {
  of: 'fees',
  members: ['club', 'treasury'],
  with: [{ name: 'rate', type: 'decimal', places: 2, is: '3.00' }],
  each: [{ name: 'points', type: 'decimal', places: 2, is: 'round down(fee / rate, 2)' }],
  rowChecks: [{ unless: 'books <= 30', refuse: 'TOO_MANY_BOOKS', column: 'books' }],
  outputs: [
    { name: 'allocated', type: 'money', is: 'sum(rows.fee)' },
    { name: 'pointsTotal', type: 'decimal', places: 2, is: 'sum(rows.points)' },
    { name: 'badRows', type: 'integer', is: 'count(rows[outcome != "OK"])' },
  ],
  subledger: {
    book: 'number',
    accounts: { register: 'club-enrolment', join: 'memberId' },
    lines: [
      {
        part: 'reader',
        if: 'fee > 0',
        chart: '"3001"',
        cost: 'fee',
        taxedCost: '0',
        units: 'points',
        residue: 'fee - points * rate',
      },
    ],
  },
}

/** A month of fees, with a note that only those who need it read. */
export const CLUB_FEES: PackageDocument = {
  ...EMPTY,
  kind: 'service',
  name: 'club-fees',
  uses: ['club-rules'],
  texts: {
    zh: {
      'sign.open': '为 {number} 缴纳 {month} 的会费。',
      'sign.send': '提交 {month} 会费,附言 {place}。',
      'step.send': '提交会费',
      'section.fees': '会费明细',
      'section.note': '附言',
      'field.memberId': '社会保障号码',
      'field.name': '姓名',
      'field.fee': '会费',
      'field.noteText': '附言内容',
      'field.place': '地点',
      'code.place.HALL': '大厅',
      'refuse.BAD_ID': '社会保障号码有误。',
      'refuse.FEE_TOO_HIGH': '会费不得超过 {most}。',
    },
    en: {
      'sign.open': 'We pay fees to {number} for {month}.',
      'sign.send': 'We send the fees of {month} to {place}.',
      'step.send': 'Send the fees',
      'section.fees': 'Fees',
      'section.note': 'Note',
      'field.memberId': 'Social security number',
      'field.name': 'Name',
      'field.fee': 'Fee',
      'field.noteText': 'Text of the note',
      'field.place': 'Place',
      'code.place.HALL': 'the hall',
      'refuse.BAD_ID': 'The social security number is not well formed.',
      'refuse.FEE_TOO_HIGH': 'A fee is at most {most}.',
    },
  },
  service: {
    parties: PARTIES,
    references: { entity: { register: 'club', key: 'number' } },
    opens: {
      by: 'school',
      fields: { number: { type: 'reference' }, month: { type: 'month' } },
      compute: [],
      checks: [],
      unique: 'number + "/" + month',
      then: ['send'],
    },
    sections: {
      fees: {
        ...sectionOf('club', ['school', 'treasury']),
        rows: 'fee-row',
        totals: {
          fee: { sum: 'fee', type: 'money' },
          books: { sum: 'books', type: 'integer' },
        },
      },
      note: {
        ...sectionOf('club', ['treasury']),
        use: 'VIEW',
        fields: { noteText: { type: 'text', maxLength: 200 } },
      },
      answer: {
        ...sectionOf('club', ['school']),
        fields: { answerText: { type: 'text', maxLength: 200 } },
      },
      card: {
        ...sectionOf('club', ['school']),
        use: 'VIEW',
        fields: {
          memberId: { type: 'resident-id' },
          years: { type: 'integer' },
          remark: { type: 'text', maxLength: 200 },
        },
      },
      vote: {
        ...sectionOf('club', []),
        level: 4,
        fields: { choice: { type: 'text', maxLength: 40 } },
      },
      entry: sectionOf('club', ['treasury']),
      balance: sectionOf('club', ['treasury']),
    },
    determinations: { allocation: ALLOCATION },
    steps: {
      send: {
        ...stepOf('school', { sent: leadsTo('allocate', 'close') }),
        form: {
          fields: { month: { type: 'month' }, place: { type: 'code', codes: ['HALL', 'YARD'] } },
          batch: 'fees',
          sections: ['note'],
        },
      },
      allocate: {
        ...stepOf('club', {
          done: {
            ...leadsTo('file'),
            effects: [
              {
                post: 'fees',
                book: 'number',
                debit: [
                  { account: '"2001"', amount: 'allocated' },
                  { account: '"U1"', amount: 'pointsTotal' },
                ],
                credit: [
                  { account: '"3001"', amount: 'allocated' },
                  { account: '"U2"', amount: 'pointsTotal' },
                ],
                subledger: 'allocation',
              },
            ],
          },
        }),
        determine: 'allocation',
      },
      file: stepOf('club', { filed: { ...leadsTo(), ends: 'FILED' } }),
      close: {
        ...stepOf('club', {
          closed: { ...leadsTo(), ends: 'CLOSED' },
          'note-moved': {
            ...leadsTo('close'),
            effects: [{ handOver: 'note', from: 'club', to: 'treasury' }],
          },
          'fees-moved': {
            ...leadsTo('close'),
            effects: [{ handOver: 'fees', from: 'club', to: 'treasury' }],
          },
          answered: { ...leadsTo('close'), sections: ['answer'] },
          carded: { ...leadsTo('close'), sections: ['card'] },
          voted: { ...leadsTo('close'), sections: ['vote'] },
        }),
      },
    },
    retention: RETENTION,
  },
}
