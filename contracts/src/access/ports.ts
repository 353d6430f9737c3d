/* What access needs of modules that stand after it: the assembly hands it in. */
import type { Context, StateView } from '@renshe/kernel'
import type { PublicJson } from '../vocabulary/schemas.ts'

/** An alert, as supervision takes it. */
export interface RaisedAlert {
  readonly code: string
  readonly severity: 'note' | 'warning' | 'grave'
  /** Member ids, and roles of members in upper case. */
  readonly to: readonly string[]
  readonly caseId: string | null
  readonly facts: Readonly<Record<string, PublicJson>>
}

/** A case, as far as grants ask. */
export interface CaseFacts {
  readonly service: string
  readonly isOpen: boolean
  /** UTC ms; `null` while it is open. */
  readonly endedAt: number | null
  /** Every member that takes part. */
  readonly members: readonly string[]
}

/** The two questions that access asks of other modules. */
export interface AccessPorts {
  readonly raiseAlert: (ctx: Context, alert: RaisedAlert) => unknown
  readonly findCase: (view: StateView, id: string) => CaseFacts | undefined
}

/** Roles of the members that supervise: told of what may be misuse. */
export const SUPERVISOR_ROLES: readonly string[] = ['HRSS', 'SUP']
