import type { JsonObject } from '@renshe/crypto'
import type { Scope } from '@renshe/rules'
import type { Effect } from '../../catalogue/package-document.ts'
import { type CaseWork, patchCase, refuseAbove } from '../case-work.ts'
import { evaluateText } from '../feel.ts'
import { spellValue, type ValueType } from '../field-values.ts'
import { startCase } from '../start-case.ts'
import { type EffectOrigin, memberOfParty, refuseEffect } from './effect-values.ts'

type OpenEffect = Extract<Effect, { open: string }>

/** Opens a child case in the name of a party; its own package says who does what in it. */
export function performOpen(
  work: CaseWork,
  effect: OpenEffect,
  origin: EffectOrigin,
  scope: Scope,
): void {
  const { ctx, serviceCase } = work
  work.opened.count += 1
  refuseAbove(ctx, 'children', work.opened.count)
  const member =
    effect.by === undefined
      ? (origin.step?.holder ?? serviceCase.opener.member)
      : memberOfParty(work, 'open', effect.by)
  const child = startCase(
    ctx,
    {
      service: effect.open,
      fields: (types) => childFields(work, effect, types, scope),
      opener: { member, name: `case ${serviceCase.id}`, txId: ctx.txId, at: ctx.time },
      parent: { case: serviceCase.id, as: effect.as },
      label: `case/${work.opened.count}`,
      isSigned: false,
    },
    work,
  )
  const children = { ...work.serviceCase.children, [effect.as]: child.serviceCase.id }
  patchCase(work, { children })
}

function childFields(
  work: CaseWork,
  effect: OpenEffect,
  types: Readonly<Record<string, ValueType>>,
  scope: Scope,
): JsonObject {
  const fields: JsonObject = {}
  for (const name of Object.keys(effect.fields).sort()) {
    const type = types[name]
    if (type === undefined) return refuseEffect(work, 'open', name, 'no such field')
    const value = evaluateText(work.evaluator, effect.fields[name] as string, scope)
    const json = spellValue({ ...type, optional: true }, value)
    if (json === undefined) return refuseEffect(work, 'open', name, type.type)
    fields[name] = json
  }
  return fields
}
