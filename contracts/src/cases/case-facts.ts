import type { StateView } from '@renshe/kernel'
import type { CaseFacts } from '../access/ports.ts'
import { cases, membersOf, OPEN } from './records.ts'

/** A case as grants ask about it, or undefined. */
export function findCaseFacts(view: StateView, id: string): CaseFacts | undefined {
  const found = view.state(cases).find(id)
  if (found === undefined) return undefined
  const { service, status, endedAt } = found
  return { service, isOpen: status === OPEN, endedAt, members: membersOf(found) }
}
