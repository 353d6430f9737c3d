import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { isOfChain } from './reading.ts'
import { Journal, journals } from './records.ts'

/** One journal with its lines and the heads of its sub-ledger posting. */
export const getJournal = query({
  name: 'funds.getJournal',
  summary: 'Shows one journal.',
  input: Type.Object({ journal: ContractId }),
  output: Journal,
  mayRead: isOfChain,
  run: (view, { journal }) =>
    view.state(journals).find(journal) ?? view.refuse({ code: 'JOURNAL_NOT_FOUND', journal }),
})
