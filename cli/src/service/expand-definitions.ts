import type {
  AlertDefinition,
  ChartDefinition,
  RegisterDefinition,
  RowDefinition,
} from '@renshe/contracts'
import { checks, compact, fields, flag, texts } from './expand-values.ts'
import type { Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'

/** Definitions by name, each made from its part of the file. */
export function byName<Made extends object>(
  value: Located | undefined,
  map: SourceMap,
  make: (one: Located, map: SourceMap) => Made,
): Record<string, Made> {
  if (value === undefined) return {}
  return map.note(
    Object.fromEntries(value.members().map(([name, one]) => [name, map.note(make(one, map), one)])),
    value,
  )
}

/** `{columns, unique?, checks?}`. */
export function rowDefinition(value: Located, map: SourceMap): RowDefinition {
  const members = value.fields(['columns', 'unique', 'checks'])
  return compact({
    columns: fields(members.get('columns'), map),
    unique: members.get('unique')?.text(),
    checks: checks<'column'>(members.get('checks'), map),
  }) as RowDefinition
}

/** `{key, fields, sections?, book?}`. */
export function registerDefinition(value: Located, map: SourceMap): RegisterDefinition {
  const members = value.fields(['key', 'fields', 'sections', 'book'])
  const book = members
    .get('book')
    ?.fields(['chart', 'unitPlaces', 'navPlaces', 'owner', 'custodian'])
  return compact({
    key: texts(members.get('key')),
    fields: fields(members.get('fields'), map),
    sections: texts(members.get('sections')),
    book:
      book === undefined
        ? undefined
        : Object.fromEntries([...book].map(([name, one]) => [name, one.text()])),
  }) as unknown as RegisterDefinition
}

/** `{accounts, equalities?, subledger?, suspense?}`. */
export function chartDefinition(value: Located, map: SourceMap): ChartDefinition {
  const members = value.fields(['accounts', 'equalities', 'subledger', 'suspense'])
  const pair = (one: Located | undefined, names: readonly string[]) =>
    one === undefined ? undefined : one.fields(names)
  const ledger = pair(members.get('subledger'), ['cost', 'units'])
  const suspense = pair(members.get('suspense'), ['debit', 'credit'])
  return compact({
    accounts: (members.get('accounts')?.members() ?? []).map(([no, one]) => {
      const of = one.fields(['name', 'side', 'measure', 'neverNegative'])
      return map.note(
        compact({
          no,
          name: of.get('name')?.text() ?? '',
          side: of.get('side')?.text() ?? '',
          measure: of.get('measure')?.text() ?? 'fen',
          neverNegative: flag(of.get('neverNegative')),
        }),
        one,
      )
    }),
    equalities: (members.get('equalities')?.list() ?? []).map((one) => {
      const of = one.fields(['left', 'right'])
      return { left: texts(of.get('left')), right: texts(of.get('right')) }
    }),
    subledger:
      ledger === undefined
        ? undefined
        : { cost: texts(ledger.get('cost')), units: ledger.get('units')?.text() ?? '' },
    suspense:
      suspense === undefined
        ? undefined
        : {
            debit: suspense.get('debit')?.text() ?? '',
            credit: suspense.get('credit')?.text() ?? '',
          },
  }) as ChartDefinition
}

/** `{on, when?, severity?, to, clause?}`. */
export function alertDefinition(value: Located): AlertDefinition {
  const members = value.fields(['on', 'when', 'severity', 'to', 'clause'])
  return compact({
    on: members.get('on')?.text() ?? '',
    when: members.get('when')?.text() ?? 'true',
    severity: members.get('severity')?.text() ?? 'note',
    to: texts(members.get('to')),
    clause: members.get('clause')?.text(),
  }) as AlertDefinition
}
