/*
 * A school orders books for its readers: the richer variant of the fictional library, in which every
 * word of the language has its place.
 */
import type {
  Outcome,
  PackageDocument,
  ServiceDefinition,
  StepDefinition,
} from '../../catalogue/package-document.ts'
import { EMPTY_PACKAGE } from './library-card.ts'
import { ORDER_TEXTS } from './library-texts.ts'

const CLAUSE = 'library-statute/1'

/** An outcome that does nothing but lead on. */
export function leadsTo(...then: string[]): Outcome {
  return { checks: [], compute: [], effects: [], then, sections: [] }
}

/** An outcome that ends the case. */
export function ends(status: string): Outcome {
  return { ...leadsTo(), ends: status }
}

/** A step of one party that only chooses an outcome. */
export function stepOf(holder: string, outcomes: StepDefinition['outcomes']): StepDefinition {
  return { holder, compute: [], checks: [], outcomes, clocks: {} }
}

const PRICING: ServiceDefinition['determinations'][string] = {
  of: 'books',
  members: ['library', 'treasurer'],
  with: [{ name: 'quota', type: 'money', is: 'allowance.quota' }],
  each: [{ name: 'total', type: 'money', is: 'price * copies' }],
  rowChecks: [{ unless: 'total <= quota', refuse: 'BOOK_TOO_DEAR', column: 'price' }],
  outputs: [
    { name: 'billTotal', type: 'money', is: 'sum(rows.total)' },
    { name: 'failedRows', type: 'integer', is: 'count(rows[outcome != "OK"])' },
  ],
}

const ALLOCATION: ServiceDefinition['determinations'][string] = {
  of: 'books',
  members: ['library', 'treasurer'],
  with: [{ name: 'rate', type: 'decimal', places: 2, is: '2.00' }],
  each: [
    { name: 'total', type: 'money', is: 'price * copies' },
    { name: 'points', type: 'decimal', places: 2, is: 'round down(price * copies / rate, 2)' },
  ],
  rowChecks: [],
  outputs: [
    { name: 'allocated', type: 'money', is: 'sum(rows.total)' },
    { name: 'pointsTotal', type: 'decimal', places: 2, is: 'sum(rows.points)' },
  ],
  subledger: {
    book: 'account.key',
    accounts: { register: 'reading-account', join: 'reader' },
    lines: [
      {
        part: 'reader',
        chart: '"3001"',
        cost: 'total',
        taxedCost: '0',
        units: 'points',
        residue: 'total - points * rate',
      },
    ],
  },
}

const STEPS: ServiceDefinition['steps'] = {
  'list-books': {
    ...stepOf('school', { listed: leadsTo('price') }),
    by: { role: 'buyer' },
    form: { fields: { supplierId: { type: 'member' } }, batch: 'books', sections: [] },
    compute: [{ name: 'ordered', type: 'money', is: 'books.price' }],
    checks: [
      {
        unless: 'ordered <= allowance.quota',
        refuse: 'OVER_QUOTA',
        facts: { quota: 'allowance.quota' },
        clause: CLAUSE,
      },
    ],
  },
  price: {
    ...stepOf('library', {
      priced: { ...leadsTo('review', 'announce'), when: 'failedRows = 0' },
      wrong: leadsTo('list-books'),
    }),
    determine: 'pricing',
  },
  review: {
    ...stepOf('reviewers', { done: leadsTo('approve') }),
    each: true,
    form: { fields: { approve: { type: 'boolean' } }, sections: [] },
  },
  announce: {
    ...stepOf('library', {
      objected: leadsTo('list-books'),
      undisputed: leadsTo('approve'),
    }),
    clocks: {
      notice: {
        kind: 'lasts',
        limit: { amount: 5, unit: 'working-days' },
        clause: CLAUSE,
        lapse: { outcome: 'undisputed' },
      },
    },
  },
  approve: {
    ...stepOf('library', {
      approved: {
        ...leadsTo('arrival'),
        effects: [
          { expect: 'collect', by: 'treasurer', account: '"school-account"', amount: 'billTotal' },
          { notice: 'order-approved', to: ['school'], lasts: { amount: 5, unit: 'days' } },
        ],
      },
      refused: { ...ends('REFUSED'), sections: ['reason'] },
      silent: {
        ...leadsTo('arrival'),
        effects: [
          { expect: 'collect', by: 'treasurer', account: '"school-account"', amount: 'billTotal' },
        ],
      },
    }),
    join: { of: ['review', 'announce'] },
    signatures: { of: ['library', 'treasurer'], need: 2 },
    by: { notSignerOf: ['price'] },
    clocks: {
      decision: {
        kind: 'within',
        limit: { amount: 3, unit: 'working-days' },
        clause: CLAUSE,
        lapse: { outcome: 'silent' },
      },
    },
  },
  arrival: {
    ...stepOf('treasurer', {
      matched: {
        ...leadsTo('allocate'),
        when: 'arrivedTotal = billTotal',
        effects: [
          {
            post: 'arrival',
            book: 'account.key',
            debit: [
              { account: '"1001"', amount: 'arrivedAmount' },
              {
                account: '"2002"',
                amount: 'arrivedTotal - arrivedAmount',
                if: 'arrivedTotal > arrivedAmount',
              },
            ],
            credit: [{ account: '"2001"', amount: 'arrivedTotal' }],
          },
        ],
      },
      short: {
        ...leadsTo('arrival'),
        when: 'arrivedTotal < billTotal',
        effects: [
          {
            post: 'short',
            book: 'account.key',
            debit: [{ account: '"1001"', amount: 'arrivedAmount' }],
            credit: [{ account: '"2002"', amount: 'arrivedAmount' }],
          },
        ],
      },
      over: {
        ...ends('OVERPAID'),
        when: 'arrivedTotal > billTotal',
        effects: [{ alert: 'OVERPAID', to: ['treasurer', 'SUP'], severity: 'warning' }],
      },
    }),
    wait: { payment: 'collect' },
    form: { fields: {}, sections: ['payer'] },
  },
  allocate: {
    ...stepOf('library', {
      done: {
        ...leadsTo('pay-supplier'),
        effects: [
          {
            post: 'allocation',
            book: 'account.key',
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
          {
            amend: 'reading-account',
            key: 'account.key',
            fields: { spent: 'account.spent + allocated' },
          },
        ],
      },
    }),
    determine: 'allocation',
  },
  'pay-supplier': stepOf('treasurer', {
    ordered: {
      ...leadsTo('paid'),
      effects: [
        {
          pay: 'supplier',
          by: 'treasurer',
          from: '"school-account"',
          to: '"supplier-account"',
          amount: 'billTotal',
        },
      ],
    },
  }),
  paid: {
    ...stepOf('treasurer', {
      settled: {
        ...leadsTo('card'),
        when: 'paymentState = "SETTLED"',
        effects: [
          {
            open: 'library-card',
            by: 'school',
            as: 'card',
            fields: { number: 'account.key + "-" + term', kind: '"CHILD"', branch: 'library' },
          },
        ],
      },
      failed: leadsTo('pay-supplier'),
    }),
    wait: { settlement: 'supplier' },
  },
  card: {
    ...stepOf('library', {
      granted: {
        ...leadsTo('shelve'),
        when: 'child.status = "GRANTED"',
        compute: [{ name: 'cardDeposit', type: 'money', is: 'child.deposit' }],
      },
      other: ends('NO_CARD'),
    }),
    wait: { case: 'card' },
  },
  shelve: {
    ...stepOf('library', {
      shelved: {
        ...leadsTo('rest'),
        compute: [{ name: 'shelvedCopies', type: 'integer', is: 'entry.copies' }],
      },
    }),
    wait: {
      register: 'shelf',
      key: 'account.key + "/" + term',
      when: 'entry.copies >= books.copies',
    },
  },
  rest: {
    ...stepOf('library', { over: leadsTo('close-order') }),
    wait: { until: 'date("2026-12-01")' },
  },
  'close-order': {
    ...stepOf('school', { closed: ends('DELIVERED') }),
    clocks: {
      'not-before': {
        kind: 'from',
        limit: { amount: 2, unit: 'days' },
        clause: CLAUSE,
      },
    },
  },
}

export const BOOK_ORDER: PackageDocument = {
  ...EMPTY_PACKAGE,
  kind: 'service',
  name: 'book-order',
  title: { zh: '购书', en: 'Book order' },
  texts: ORDER_TEXTS,
  uses: ['library-rules'],
  alerts: {
    dispute: {
      on: 'StepDisputed',
      when: 'true',
      severity: 'grave',
      to: ['SUP'],
      clause: CLAUSE,
    },
  },
  service: {
    parties: {
      school: { from: 'opener' },
      library: { from: 'account.library' },
      treasurer: { from: 'account.treasurer' },
      reviewers: { from: 'account.reviewers', many: true },
      supplier: { from: 'supplierId' },
    },
    references: { account: { register: 'reading-account', key: 'accountNo' } },
    opens: {
      by: 'school',
      fields: { accountNo: { type: 'reference' }, term: { type: 'month' } },
      compute: [
        { name: 'allowance', rule: 'library-rules.quota', facts: { pupils: 'account.pupils' } },
      ],
      checks: [{ unless: 'account.pupils > 0', refuse: 'NO_PUPILS', clause: CLAUSE }],
      unique: 'accountNo + "/" + term',
      then: ['list-books'],
    },
    sections: {
      books: {
        level: 2,
        owner: 'library',
        readers: ['school', 'treasurer'],
        rows: 'book',
        totals: {
          price: { sum: 'price', type: 'money' },
          copies: { sum: 'copies', type: 'integer' },
        },
        sharing: 'CONDITIONAL',
        use: 'VIEW',
        purpose: 'ORDER',
      },
      reason: sealedText('library', ['school']),
      payer: sealedText('treasurer', ['library']),
      entry: sealed('library', ['treasurer']),
      balance: sealed('library', ['treasurer']),
    },
    determinations: { pricing: PRICING, allocation: ALLOCATION },
    steps: STEPS,
    withdrawal: {
      by: 'school',
      while: ['list-books', 'price', 'arrival'],
      effects: [{ release: 'collect', if: 'case.status = "OPEN" and steps.approve != null' }],
    },
    retention: { amount: 1, unit: 'years', clause: CLAUSE },
  },
}

function sealed(owner: string, readers: readonly string[]) {
  return {
    level: 2 as const,
    owner,
    readers,
    sharing: 'CONDITIONAL' as const,
    use: 'VIEW' as const,
    purpose: 'ORDER',
  }
}

function sealedText(owner: string, readers: readonly string[]) {
  return { ...sealed(owner, readers), fields: { text: { type: 'text' as const } } }
}
