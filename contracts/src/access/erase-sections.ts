import { type Action, action, amendments, type Context } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { EraseInput, getOwnRecords, type NamedRecord } from './erasure-input.ts'
import { type ErasurePart, erasures, tombstones } from './erasure-records.ts'
import type { AccessPorts } from './ports.ts'
import { grants, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { findRetention } from './retention.ts'

/**
 * Erases records: from here on nothing of them is read or released, and everybody who keeps a part is
 * ordered to delete it. Refused while the law keeps them; then they are restricted instead.
 *
 * @source security/sealed-data.md section 8, Erase; 个人信息保护法 第四十七条
 */
export function eraseSections(ports: AccessPorts): Action<EraseInput> {
  return action({
    name: 'access.eraseSections',
    summary: 'Erases records of your member; refused while the law keeps them.',
    input: EraseInput,
    run(ctx: Context, input) {
      const named = getOwnRecords(ctx, input)
      for (const record of named) {
        const runs = findRetention(ctx, record, ports.findCase)
        if (runs !== undefined) ctx.refuse(accessRefusal({ code: 'RETENTION_RUNS', ...runs }))
      }

      const unrecoverableBy = ctx.time + numberSetting(ctx, 'access.releaseKeyLifeMs')
      const expected = whoKeeps(ctx, named)
      const id = orderErasure(ctx, input, named, { state: 'ERASED', expected, unrecoverableBy })
      for (const { sealed } of named) {
        for (const { commitment } of sealed) {
          ctx
            .state(amendments)
            .put(commitment, { v: 1, at: ctx.time, by: ctx.txId, kind: 'erased' })
        }
      }
      const { member } = ctx.signer
      ctx.emit('SectionsErased', { erasure: id, owner: member, records: named.length })
      return { erasure: id, unrecoverableBy, confirmations: expected.length }
    },
  })
}

/**
 * Stops every processing of records but their storage, where the law keeps them though their person wants
 * them gone. Supervisors' warrants still open them.
 */
export const restrictSections: Action<EraseInput> = action({
  name: 'access.restrictSections',
  summary: 'Stops every processing of records of your member but their storage.',
  input: EraseInput,
  run(ctx: Context, input) {
    const named = getOwnRecords(ctx, input)
    const { member } = ctx.signer
    for (const { record } of named) {
      if (!ctx.state(tombstones).has([member, record])) continue
      ctx.refuse(accessRefusal({ code: 'SECTION_RESTRICTED', record }))
    }

    const restricted = { state: 'RESTRICTED', expected: [], unrecoverableBy: null } as const
    const id = orderErasure(ctx, input, named, restricted)
    ctx.emit('SectionsRestricted', { erasure: id, owner: member, records: named.length })
    return { erasure: id }
  },
})

interface Order {
  readonly state: 'ERASED' | 'RESTRICTED'
  readonly expected: readonly { readonly member: string; readonly part: ErasurePart }[]
  readonly unrecoverableBy: number | null
}

function orderErasure(
  ctx: Context,
  { ground, basis, request }: EraseInput,
  named: readonly NamedRecord[],
  { state, expected, unrecoverableBy }: Order,
): string {
  const id = ctx.newId(`erasure ${state}`)
  const { member, name } = ctx.signer
  const { time: at, height } = ctx
  const records = named.map(({ record, batch, index }) => ({ record, batch, index }))
  ctx.state(erasures).put(id, {
    v: 1,
    id,
    owner: member,
    state,
    ground,
    basis: { ...basis },
    request: request ?? null,
    records,
    at,
    height,
    officer: name,
    by: ctx.txId,
    expected: expected.map((one) => ({ ...one })),
    confirmations: [],
    unrecoverableBy,
  })
  for (const one of records) {
    const stone = { v: 1, owner: member, ...one, state, erasure: id, at, height } as const
    ctx.state(tombstones).put([member, one.record], stone)
  }
  return id
}

/** The owner's two stores, and every member that read one of the records to keep it. */
function whoKeeps(ctx: Context, named: readonly NamedRecord[]): Order['expected'] {
  const { member } = ctx.signer
  const keepers = new Set<string>()
  const isKept = new Map<string, boolean>()
  const visit = (grant: string, reader: string) => {
    const kept = isKept.get(grant) ?? ctx.state(grants).find(grant)?.use === 'STORE'
    isKept.set(grant, kept)
    if (kept && reader !== member) keepers.add(reader)
  }
  const roots = new Set<string>()
  for (const { record, roots: own } of named) {
    for (const root of own) roots.add(root)
    for (const [, read] of ctx.state(reads).index('byRecord', { prefix: [record] })) {
      visit(read.grant, read.member)
    }
  }
  for (const root of roots) {
    for (const [, { grant, member: reader, rows }] of ctx
      .state(reads)
      .index('byBatch', { prefix: [root] })) {
      if (rows !== null && named.some(({ index }) => isInRun(index, rows))) visit(grant, reader)
    }
  }
  return [
    { member, part: 'RELEASE' },
    { member, part: 'VAULT' },
    ...[...keepers].sort().map((one) => ({ member: one, part: 'COPY' as const })),
  ]
}

function isInRun(index: number | null, { from, count }: { from: number; count: number }): boolean {
  return index !== null && index >= from && index < from + count
}
