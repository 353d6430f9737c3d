/*
 * A fair: a stall keeper lets a payer have a place for a fee. Fictional; it has what a bank needs: accounts
 * whose numbers are sealed, a payment, an expected credit, books with suspense.
 */
import type { Outcome, PackageDocument, StepDefinition } from '@renshe/contracts'
import { CLUB_RULES } from '../testing/club-packages.fixture.ts'

const [CLAUSE = ''] = CLUB_RULES.basis

const EMPTY: PackageDocument = { ...CLUB_RULES, rows: {}, registers: {}, charts: {} }

const SEALED_ACCOUNT = {
  level: 2 as const,
  sharing: 'CONDITIONAL' as const,
  use: 'STORE' as const,
  purpose: 'FEES',
  fields: {
    accountNo: { type: 'text' as const, maxLength: 34 },
    accountName: { type: 'text' as const, maxLength: 140 },
  },
}

function leadsTo(...then: string[]): Outcome {
  return { checks: [], compute: [], effects: [], then, sections: [] }
}

function stepOf(holder: string, outcomes: StepDefinition['outcomes']): StepDefinition {
  return { holder, compute: [], checks: [], outcomes, clocks: {} }
}

/** Registers and the chart. */
export const FAIR_RULES: PackageDocument = {
  ...EMPTY,
  name: 'fair-rules',
  registers: {
    fair: {
      key: ['number'],
      fields: { keeper: { type: 'member' }, payer: { type: 'member' } },
      sections: [],
      book: { chart: 'fair-money', unitPlaces: '0', navPlaces: '0', custodian: 'keeper' },
    },
  },
  charts: {
    'fair-money': {
      accounts: [
        { no: '1001', name: 'cash', side: 'debit', measure: 'fen' },
        { no: '2001', name: 'received', side: 'credit', measure: 'fen' },
        { no: '2002', name: 'suspense', side: 'credit', measure: 'fen' },
      ],
      equalities: [],
      suspense: { debit: '1001', credit: '2002' },
    },
  },
}

/** Keeper and payer, each with an account. */
export const FAIR_FOUNDING: PackageDocument = {
  ...EMPTY,
  kind: 'service',
  name: 'fair-founding',
  uses: ['fair-rules'],
  registers: {
    'fair-account': {
      key: ['fair', 'side'],
      fields: { openedOn: { type: 'date' } },
      sections: ['keeper-account', 'payer-account'],
    },
  },
  texts: {
    zh: { 'sign.open': '设立 {number}，由 {guest} 付费。' },
    en: { 'sign.open': 'We open {number}; {guest} pays.' },
  },
  service: {
    parties: { keeper: { from: 'opener' }, payer: { from: 'guest' } },
    references: {},
    opens: {
      by: 'keeper',
      fields: { number: { type: 'reference' }, guest: { type: 'member' } },
      compute: [],
      checks: [],
      then: ['keeper-account', 'payer-account'],
    },
    sections: {
      'keeper-account': { ...SEALED_ACCOUNT, owner: 'keeper', readers: ['payer'] },
      'payer-account': { ...SEALED_ACCOUNT, owner: 'payer', readers: ['keeper'] },
    },
    determinations: {},
    steps: {
      'keeper-account': accountStep('keeper'),
      'payer-account': accountStep('payer'),
      found: {
        ...stepOf('keeper', {
          founded: {
            ...leadsTo(),
            effects: [
              {
                record: 'fair',
                key: 'number',
                owner: 'keeper',
                fields: { keeper: 'case.opener', payer: 'guest' },
              },
            ],
            ends: 'FOUNDED',
          },
        }),
        join: { of: ['keeper-account', 'payer-account'] },
      },
    },
    retention: { amount: 1, unit: 'years', clause: CLAUSE },
  },
}

function accountStep(side: 'keeper' | 'payer'): StepDefinition {
  return {
    ...stepOf(side, {
      named: {
        ...leadsTo('found'),
        effects: [
          {
            record: 'fair-account',
            key: `number + "/${side}"`,
            owner: side,
            fields: { openedOn: 'today' },
            sections: [`${side}-account`],
          },
        ],
      },
    }),
    form: { fields: {}, sections: [`${side}-account`] },
  }
}

/** A fee: ordered at the payer's bank, expected at the keeper's. */
export const FAIR_FEE: PackageDocument = {
  ...EMPTY,
  kind: 'service',
  name: 'fair-fee',
  uses: ['fair-rules', 'fair-founding'],
  texts: {
    zh: { 'sign.open': '为 {number} 支付 {fee}。' },
    en: { 'sign.open': 'We pay {fee} to {number}.' },
  },
  service: {
    parties: { keeper: { from: 'entity.keeper' }, payer: { from: 'opener' } },
    references: { entity: { register: 'fair', key: 'number' } },
    opens: {
      by: 'payer',
      fields: { number: { type: 'reference' }, fee: { type: 'money' } },
      compute: [],
      checks: [],
      then: ['order'],
    },
    sections: {
      notice: {
        level: 2,
        owner: 'keeper',
        readers: ['payer'],
        sharing: 'CONDITIONAL',
        use: 'VIEW',
        purpose: 'FEES',
        fields: { reference: { type: 'text', maxLength: 35 } },
      },
    },
    determinations: {},
    steps: {
      order: stepOf('payer', {
        ordered: {
          ...leadsTo('paid', 'arrival'),
          effects: [
            { expect: 'fee', by: 'keeper', account: 'number + "/keeper"', amount: 'fee' },
            {
              pay: 'fee',
              by: 'payer',
              from: 'number + "/payer"',
              to: 'number + "/keeper"',
              amount: 'fee',
            },
          ],
        },
      }),
      paid: {
        ...stepOf('payer', {
          settled: { ...leadsTo('close'), when: 'paymentState = "SETTLED"' },
          failed: { ...leadsTo('order-again'), when: 'paymentState != "SETTLED"' },
        }),
        wait: { settlement: 'fee' },
      },
      'order-again': stepOf('payer', {
        ordered: {
          ...leadsTo('paid'),
          effects: [
            {
              pay: 'fee',
              by: 'payer',
              from: 'number + "/payer"',
              to: 'number + "/keeper"',
              amount: 'fee',
            },
          ],
        },
      }),
      arrival: {
        ...stepOf('keeper', {
          arrived: {
            ...leadsTo('close'),
            effects: [
              {
                post: 'fee',
                book: 'number',
                debit: [{ account: '"1001"', amount: 'arrivedAmount' }],
                credit: [{ account: '"2001"', amount: 'arrivedAmount' }],
              },
            ],
          },
        }),
        wait: { payment: 'fee' },
        form: { fields: {}, sections: ['notice'] },
      },
      close: {
        ...stepOf('payer', { closed: { ...leadsTo(), ends: 'CLOSED' } }),
        join: { of: ['paid', 'arrival'] },
      },
    },
    retention: { amount: 1, unit: 'years', clause: CLAUSE },
  },
}
