/* Types of everything that a case says, by name: fields, totals and computed values; and its amounts in words. */
import type { Json, JsonObject } from '@renshe/crypto'
import { amountInChinese, amountInEnglish, groupedDigits, type SaidAmount } from '@renshe/proof'
import { type Field, type Fields, type LoadedPackage, serviceOf } from './package-document.ts'
import { textsOf } from './package-texts.ts'

/** Definitions of the values of a case; outputs of rules have none. */
export function valueFields(loaded: LoadedPackage): Fields {
  const { opens, steps, determinations, sections } = serviceOf(loaded)
  const all = Object.values(steps)
  const computed = [
    ...Object.values(determinations).flatMap(({ outputs }) => outputs),
    ...all.flatMap(({ compute = [] }) => compute),
    ...all.flatMap(({ outcomes }) =>
      Object.values(outcomes).flatMap(({ compute = [] }) => compute),
    ),
  ]
  const typed = computed.flatMap(({ name, type }) =>
    type === undefined ? [] : [[name, { type } as Field] as const],
  )
  const totals = Object.values(sections).flatMap((section) =>
    Object.entries(section.totals ?? {}).map(
      ([name, { type }]) => [name, { type } as Field] as const,
    ),
  )
  const forms = all.flatMap(({ form }) => Object.entries(form?.fields ?? {}))
  return Object.fromEntries([...totals, ...typed, ...forms, ...Object.entries(opens.fields)])
}

/** Amounts that the case has on the ledger, in figures and words. */
export function amountsOfCase(loaded: LoadedPackage, values: JsonObject): readonly SaidAmount[] {
  const fields = valueFields(loaded)
  const [zh, en] = [textsOf(loaded, 'zh'), textsOf(loaded, 'en')]
  return Object.entries(values).flatMap(([name, value]) =>
    fields[name]?.type === 'money'
      ? listOf(value).flatMap((one) => amountOf({ zh: zh.field(name), en: en.field(name) }, one))
      : [],
  )
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

function amountOf(label: SaidAmount['label'], value: Json): SaidAmount[] {
  if (typeof value !== 'string') return []
  const [zh, en] = [amountInChinese(value), amountInEnglish(value)]
  if (zh === undefined || en === undefined) return []
  return [{ label, digits: groupedDigits(value), words: { zh, en } }]
}
