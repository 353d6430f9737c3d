import type { PackageDocument } from '../../catalogue/package-document.ts'
import { ends, stepOf } from './book-order.ts'
import { EMPTY_PACKAGE } from './library-card.ts'
import { NOTE_TEXTS } from './library-texts.ts'

/** A service that records what another one waits for, and one that puts another library in its place. */
export const SHELF_NOTE: PackageDocument = {
  ...EMPTY_PACKAGE,
  kind: 'service',
  name: 'shelf-note',
  texts: NOTE_TEXTS,
  uses: ['library-rules'],
  service: {
    parties: {
      library: { from: 'opener' },
      next: { from: 'nextLibrary' },
    },
    references: { account: { register: 'reading-account', key: 'accountNo' } },
    opens: {
      by: 'library',
      fields: {
        accountNo: { type: 'reference' },
        term: { type: 'month' },
        nextLibrary: { type: 'member', optional: true },
      },
      compute: [],
      checks: [],
      then: ['note'],
    },
    sections: {},
    determinations: {},
    steps: {
      note: {
        ...stepOf('library', {
          recorded: {
            ...ends('NOTED'),
            effects: [
              {
                record: 'shelf',
                key: 'account.key + "/" + term',
                owner: 'library',
                fields: { copies: 'copies' },
              },
            ],
          },
          amended: {
            ...ends('NOTED'),
            effects: [
              { amend: 'shelf', key: 'account.key + "/" + term', fields: { copies: 'copies' } },
            ],
          },
          closed: {
            ...ends('NOTED'),
            effects: [{ close: 'shelf', key: 'account.key + "/" + term' }],
          },
          moved: {
            ...ends('MOVED'),
            effects: [
              { rebind: 'library', reference: 'account', from: 'library', to: 'next' },
              {
                amend: 'reading-account',
                key: 'account.key',
                fields: { library: 'next' },
              },
            ],
          },
        }),
        form: { fields: { copies: { type: 'integer', optional: true } }, sections: [] },
      },
    },
    retention: { amount: 1, unit: 'years', clause: 'library-statute/1' },
  },
}
