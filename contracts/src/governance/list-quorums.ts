import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Quorum, quorums } from './records.ts'

/** The quorum table: public, since it says whose word counts. */
export const listQuorums = query({
  name: 'governance.listQuorums',
  summary: 'Lists how each subject is decided.',
  input: Type.Object({}),
  output: Type.Object({ items: Type.Array(Quorum) }),
  mayRead: () => true,
  run: (view) => ({ items: [...view.state(quorums).range()].map(([, quorum]) => quorum) }),
})
