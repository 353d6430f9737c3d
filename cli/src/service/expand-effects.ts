import type { Effect, PostLine } from '@renshe/contracts'
import { compact, duration, feelTexts, texts } from './expand-values.ts'
import type { Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'

/** Which members each effect takes, by its first; the rest of the reading is the same for all. */
const effectMembers: Record<string, readonly string[]> = {
  record: ['key', 'fields', 'sections', 'owner'],
  amend: ['key', 'fields', 'sections'],
  close: ['key'],
  post: ['book', 'debit', 'credit', 'subledger'],
  pay: ['by', 'from', 'to', 'amount'],
  expect: ['by', 'account', 'amount'],
  release: [],
  grant: ['to'],
  revokeGrant: ['of'],
  suspendGrants: ['owner'],
  liftGrants: ['owner'],
  handOver: ['from', 'to'],
  rebind: ['reference', 'from', 'to'],
  open: ['as', 'by', 'fields'],
  notice: ['to', 'lasts'],
  alert: ['to', 'severity'],
}

/** One change outside the case: its kind is the member that names it. */
export function effect(value: Located, map: SourceMap): Effect {
  const kind = value
    .members()
    .map(([name]) => name)
    .find((name) => Object.hasOwn(effectMembers, name))
  if (kind === undefined)
    return value.fail('EFFECT_UNKNOWN', `an effect: ${Object.keys(effectMembers).join(', ')}`)
  const members = value.fields(['if', kind, ...(effectMembers[kind] ?? [])])
  return Object.fromEntries(
    [...members].map(([name, one]) => [name, effectMember(kind, name, one, map)]),
  ) as unknown as Effect
}

function effectMember(kind: string, name: string, value: Located, map: SourceMap): unknown {
  if (name === 'fields') return feelTexts(value)
  if (name === 'sections') return texts(value)
  if (name === 'debit' || name === 'credit') return postLines(value, map)
  if (name === 'lasts') return duration(value)
  if (name === 'to' && (kind === 'notice' || kind === 'alert')) return texts(value)
  return value.text('FEEL')
}

/** `{2001: billTotal, U1: units}` or a list of `{account, amount, each, if}`. */
function postLines(value: Located, map: SourceMap): PostLine[] {
  if (value.kind === 'map')
    return value
      .members()
      .map(([no, amount]) => ({ account: JSON.stringify(no), amount: amount.text('FEEL') }))
  return value.list().map((line) => {
    const members = line.fields(['account', 'amount', 'each', 'if'])
    return map.note(
      compact({
        account: account(members.get('account')),
        amount: members.get('amount')?.text('FEEL') ?? '',
        each: members.get('each')?.text('FEEL'),
        if: members.get('if')?.text('FEEL'),
      }),
      line,
    ) as PostLine
  })
}

/** An account number as it stands in the chart (`2001`, `1101.1`, `U2`) is a FEEL text; anything else is FEEL. */
export function account(value: Located | undefined): string {
  const text = value?.text('an account number or FEEL') ?? ''
  return /^[U0-9][0-9]*(\.[0-9]+)?$/.test(text) ? JSON.stringify(text) : text
}
