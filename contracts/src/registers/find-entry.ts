import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { EntryKey, KebabName } from '../vocabulary/schemas.ts'
import { findEntry } from './entries.ts'
import { Entry } from './records.ts'

/** The newest version of one entry, or null; every member of the chain may read it (L1). */
export const findEntryQuery = query({
  name: 'registers.findEntry',
  summary: 'Shows the newest version of a register entry, or null if there is none.',
  input: Type.Object({ register: KebabName, key: EntryKey }),
  output: Type.Object({ entry: Type.Union([Entry, Type.Null()]) }),
  mayRead: (reader) => reader.member !== null,
  run: (view, { register, key }) => ({ entry: findEntry(view, register, key) ?? null }),
})
