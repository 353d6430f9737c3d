import { type Action, action, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { CaseId, Digest, GrantId } from '../vocabulary/schemas.ts'
import type { AccessPorts } from './ports.ts'
import { admitRead, commitRead } from './read-admission.ts'
import { accessRefusal } from './refusals.ts'

const FindPerson = Type.Object({
  grant: GrantId,
  case: Type.Optional(CaseId),
  /** Hex SHA-256 of the SPKI of the asking member's encryption key. */
  holderKey: Digest,
  /** SHA-256 of the query as sealed to the owner; the query itself is never on chain. */
  query: Digest,
})
type FindInput = Static<typeof FindPerson>

/**
 * Asks an owner whether it knows one person: a read, with its quota, budget and receipt. Who is sought
 * travels sealed, beside the chain; the owner answers with a reference drawn for this grant, or
 * "unknown", in equal size.
 *
 * @source security/sealed-data.md section 9
 */
export function findPerson(ports: AccessPorts): Action<FindInput> {
  return action({
    name: 'access.findPerson',
    summary: 'Asks an owner whether it knows one person; spends one use and is the receipt.',
    input: FindPerson,
    run(ctx: Context, input) {
      const admission = admitRead(ctx, input, ports)
      if (!admission.chain.every(({ issued }) => issued?.find === true)) {
        ctx.refuse(accessRefusal({ code: 'FIND_NOT_COVERED', grant: input.grant }))
      }

      return commitRead(ctx, admission, {
        ...input,
        items: [],
        rows: null,
        fields: null,
        question: null,
        find: input.query,
      })
    },
  })
}
