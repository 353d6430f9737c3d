import type { PackageDocument } from '../../catalogue/package-document.ts'

type Texts = PackageDocument['texts']

/** The same words in both languages: what the library's services say is not what its tests are about. */
function both(words: Readonly<Record<string, string>>): Texts {
  return { zh: words, en: words }
}

export const CARD_TEXTS: Texts = both({
  'step.decide': 'Decide',
  'refuse.DEPOSIT_TOO_HIGH': 'The deposit may be at most {most}.',
  'sign.open': 'I ask for card {number} of kind {kind} at {branch}.',
  'sign.decide': 'I decide; the deposit is {deposit}.',
})

export const ORDER_TEXTS: Texts = both({
  'step.list-books': 'List the books',
  'step.price': 'Compute the bill',
  'step.review': 'Review',
  'step.announce': 'Announce',
  'step.approve': 'Approve',
  'step.arrival': 'Wait for the money',
  'step.allocate': 'Allocate',
  'step.pay-supplier': 'Pay the supplier',
  'step.paid': 'Wait for the bank',
  'step.card': 'Wait for the card',
  'step.shelve': 'Wait for the shelf',
  'step.rest': 'Wait for December',
  'step.close-order': 'Close the order',
  'notice.order-approved': 'The order is approved.',
  'refuse.OVER_QUOTA': 'At most {quota} may be spent.',
  'refuse.NO_PUPILS': 'There are no pupils.',
  'refuse.BOOK_TOO_DEAR': 'One book may not cost more than the quota.',
  'sign.open': 'I open an order of {accountNo} for {term}.',
  'sign.list-books': 'I order these books from {supplierId}.',
  'sign.review': 'My review: {approve}.',
})

export const NOTE_TEXTS: Texts = both({
  'step.note': 'Note',
  'sign.open': 'A note on {accountNo} for {term}; next: {nextLibrary}.',
  'sign.note': 'On the shelf: {copies}.',
})
