import type { CaseExample, ExampleAct } from '../../catalogue/package-document.ts'

/** Five readers, five books: 100.00 in all before copies, 125.50 with them. */
export const FIVE_BOOKS = [
  { reader: 'reader-1', title: '红楼梦', price: '20.00', copies: 1 },
  { reader: 'reader-2', title: '𠮷野家史', price: '20.00', copies: 1 },
  { reader: 'reader-3', title: 'Atlas', price: '25.50', copies: 2 },
  { reader: 'reader-4', title: 'Poems', price: '14.50', copies: 1 },
  { reader: 'reader-5', title: 'Drawing', price: '20.00', copies: 1 },
]

const WORLD: CaseExample['world'] = {
  members: {
    school: [],
    cityLibrary: ['LIB'],
    countyLibrary: ['LIB'],
    treasury: ['BANK'],
    firstReviewer: [],
    secondReviewer: [],
    bookshop: [],
  },
  entries: [
    {
      register: 'reading-account',
      key: 'A-1',
      owner: 'cityLibrary',
      fields: {
        library: 'cityLibrary',
        treasurer: 'treasury',
        reviewers: ['firstReviewer', 'secondReviewer'],
        pupils: 10,
        spent: '0.00',
      },
    },
  ],
  packages: ['library-rules', 'library-card', 'shelf-note'],
}

/** Opens an order. */
export const OPEN_ORDER: ExampleAct = {
  by: 'school',
  do: 'open',
  fields: { accountNo: 'A-1', term: '2026-09' },
  expect: { status: 'OPEN', open: ['list-books'], values: { allowance: { quota: '250.00' } } },
}

/** Hands in the five books. */
export const LIST_BOOKS: ExampleAct = {
  by: 'school',
  do: 'act',
  step: 'list-books',
  fields: { supplierId: 'bookshop' },
  rows: FIVE_BOOKS,
  expect: { open: ['price'], values: { ordered: '100.00', supplier: 'bookshop' } },
}

/** Both members compute the bill alike. */
export const PRICE: readonly ExampleAct[] = [
  { by: 'cityLibrary', do: 'determine', step: 'price', expect: { open: ['price'] } },
  {
    by: 'treasury',
    do: 'determine',
    step: 'price',
    expect: { open: ['review', 'announce'], values: { billTotal: '125.50', failedRows: 0 } },
  },
]

/** Reviewers answer, the notice lasts, both sign. */
export const APPROVE: readonly ExampleAct[] = [
  { by: 'firstReviewer', do: 'act', step: 'review', fields: { approve: true } },
  {
    by: 'secondReviewer',
    do: 'act',
    step: 'review',
    fields: { approve: false },
    expect: { open: ['announce'] },
  },
  {
    by: 'cityLibrary',
    do: 'act',
    step: 'announce',
    outcome: 'undisputed',
    expect: { refused: 'STEP_TOO_EARLY', facts: { clock: 'notice' } },
  },
  {
    by: 'school',
    do: 'lapse',
    step: 'announce',
    at: '2026-10-03T00:01',
    expect: { refused: 'NOTHING_LAPSED' },
  },
  {
    by: 'school',
    do: 'lapse',
    step: 'announce',
    at: '2026-10-04T00:01',
    expect: { open: ['approve'] },
  },
  { by: 'cityLibrary', do: 'act', step: 'approve', outcome: 'approved', officer: 'chief' },
  {
    by: 'treasury',
    do: 'act',
    step: 'approve',
    outcome: 'approved',
    expect: { refused: 'FOUR_EYES', facts: { step: 'price' } },
  },
  {
    by: 'treasury',
    do: 'act',
    step: 'approve',
    outcome: 'approved',
    officer: 'chief',
    expect: { open: ['arrival'] },
  },
]

/** Money comes in two parts, is allocated, paid out; a first payment is rejected. */
export const PAY: readonly ExampleAct[] = [
  {
    by: 'treasury',
    do: 'arrive',
    step: 'arrival',
    arrived: { amount: '100.00', on: '2026-10-05' },
    sections: { payer: { text: 'the school' } },
    expect: { open: ['arrival'], balances: { '1001': '100.00', '2002': '100.00' } },
  },
  {
    by: 'treasury',
    do: 'arrive',
    step: 'arrival',
    arrived: { amount: '25.50', on: '2026-10-06' },
    expect: {
      open: ['allocate'],
      values: { arrivedAmount: '25.50', arrivedTotal: '125.50', arrivedOn: '2026-10-06' },
      balances: { '1001': '125.50', '2001': '125.50', '2002': '0.00' },
    },
  },
  { by: 'cityLibrary', do: 'determine', step: 'allocate' },
  {
    by: 'treasury',
    do: 'determine',
    step: 'allocate',
    falsify: { allocated: '125.51' },
    expect: { open: ['allocate'], alerts: ['DETERMINATION_DISPUTED'] },
  },
  {
    by: 'treasury',
    do: 'determine',
    step: 'allocate',
    expect: {
      open: ['pay-supplier'],
      balances: { '2001': '0.00', '3001': '125.50', U1: '62.75', U2: '62.75' },
      entries: [{ register: 'reading-account', key: 'A-1', fields: { spent: '125.50' } }],
    },
  },
  {
    by: 'treasury',
    do: 'act',
    step: 'pay-supplier',
    expect: { payments: { supplier: 'ordered' } },
  },
  {
    by: 'treasury',
    do: 'settle',
    step: 'paid',
    settled: { state: 'REJECTED', on: '2026-10-08', reason: 'AC04' },
    expect: { open: ['pay-supplier'], values: { paymentState: 'REJECTED' } },
  },
  { by: 'treasury', do: 'act', step: 'pay-supplier' },
  {
    by: 'treasury',
    do: 'settle',
    step: 'paid',
    settled: { state: 'SETTLED', on: '2026-10-09' },
    expect: { open: ['card'], payments: { supplier: 'settled' } },
  },
]

/** The child case, the register, the day, the period that must have begun. */
export const DELIVER: readonly ExampleAct[] = [
  { by: 'school', do: 'resume', step: 'card', expect: { refused: 'WAIT_NOT_OVER' } },
  {
    by: 'cityLibrary',
    do: 'act',
    case: 'card',
    step: 'decide',
    outcome: 'granted',
    fields: { deposit: '20.00' },
    expect: { status: 'GRANTED' },
  },
  {
    by: 'school',
    do: 'resume',
    step: 'card',
    expect: { open: ['shelve'], values: { cardDeposit: '20.00' } },
  },
  {
    by: 'cityLibrary',
    do: 'open',
    case: 'note',
    service: 'shelf-note',
    fields: { accountNo: 'A-1', term: '2026-09' },
  },
  {
    by: 'cityLibrary',
    do: 'act',
    case: 'note',
    step: 'note',
    outcome: 'recorded',
    fields: { copies: 5 },
    expect: { status: 'NOTED' },
  },
  { by: 'school', do: 'resume', step: 'shelve', expect: { refused: 'WAIT_NOT_OVER' } },
  {
    by: 'cityLibrary',
    do: 'open',
    case: 'note-2',
    service: 'shelf-note',
    fields: { accountNo: 'A-1', term: '2026-09' },
  },
  {
    by: 'cityLibrary',
    do: 'act',
    case: 'note-2',
    step: 'note',
    outcome: 'amended',
    fields: { copies: 6 },
  },
  {
    by: 'school',
    do: 'resume',
    step: 'shelve',
    expect: { open: ['rest'], values: { shelvedCopies: 6 } },
  },
  { by: 'school', do: 'resume', step: 'rest', expect: { refused: 'WAIT_NOT_OVER' } },
  {
    by: 'school',
    do: 'resume',
    step: 'rest',
    at: '2026-12-01T00:00',
    expect: { open: ['close-order'] },
  },
  {
    by: 'school',
    do: 'act',
    step: 'close-order',
    at: '2026-12-02T23:59',
    expect: { refused: 'STEP_TOO_EARLY' },
  },
  {
    by: 'school',
    do: 'act',
    step: 'close-order',
    at: '2026-12-03T00:00',
    expect: { status: 'DELIVERED', open: [] },
  },
]

/** An example in the world of the book order. */
export function exampleOf(name: string, acts: readonly ExampleAct[]): CaseExample {
  return {
    name,
    title: { zh: name, en: name },
    at: '2026-09-25T10:00',
    world: WORLD,
    acts,
  }
}

export const WHOLE_ORDER: CaseExample = exampleOf('whole-order', [
  OPEN_ORDER,
  LIST_BOOKS,
  ...PRICE,
  ...APPROVE,
  ...PAY,
  ...DELIVER,
])
