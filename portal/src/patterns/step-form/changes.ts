/* What an act changes: values of the case that the ledger has, beside those that are about to be signed. */
import { canonicalText, type JsonObject } from '@renshe/crypto'
import type { StepDefinition } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'

/** A value before and after. */
export interface ValueChange {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** Fields whose value on the ledger is another than the one that is signed. */
export function changesOf(
  values: JsonObject,
  fields: JsonObject,
  texts: PackageTexts,
  { form }: Pick<StepDefinition, 'form'>,
): readonly ValueChange[] {
  return Object.entries(fields).flatMap(([name, after]) => {
    const before = Object.hasOwn(values, name) ? values[name] : undefined
    if (before === undefined || before === null) return []
    if (canonicalText(before) === canonicalText(after)) return []
    const field = form?.fields[name]
    const said = (value: typeof after) => texts.value(name, value, field)
    return [{ label: texts.field(name), before: said(before), after: said(after) }]
  })
}
