/*
 * The words of the sign dialog, made here from the bytes that are signed, the openings that recompute to their
 * commitments, and the published package; what a node says that it means is not read.
 */
import { type Bytes, fromBase64Url, type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import { parseBody, type SaidAct, type SaidField, sayAct, type WordsOfPackage } from '@renshe/proof'
import { type CheckedOpenings, PreparedRefused, type SpelledOpening } from './prepared.ts'

type SaidFields = Readonly<Record<string, SaidField>>

/** A control total of a section: the sum of a column. */
export interface SaidTotal {
  readonly sum: string
  readonly type: string
  readonly places?: number
}

/** What of a package the words of an act depend on. */
export interface PackageToSay {
  readonly words: WordsOfPackage
  readonly opens: { readonly fields: SaidFields }
  readonly steps: Readonly<
    Record<string, { readonly form?: { readonly fields: SaidFields }; readonly determine?: string }>
  >
  readonly sections: Readonly<
    Record<
      string,
      { readonly fields?: SaidFields; readonly totals?: Readonly<Record<string, SaidTotal>> }
    >
  >
  readonly determinations: Readonly<
    Record<
      string,
      { readonly outputs: readonly { readonly name: string; readonly type?: string }[] }
    >
  >
}

/** Words of an act, with what they were made from. */
export interface SaidPrepared extends SaidAct {
  readonly action: string
  readonly input: JsonObject
  /** Rows of the batch as they were opened: their number, the first and the last. */
  readonly rows: {
    readonly count: number
    readonly first: JsonObject
    readonly last: JsonObject
    readonly totals: JsonObject
  } | null
}

/**
 * Says a prepared act that {@link checkPrepared} or {@link checkDetermination} let pass.
 *
 * @param body      the bytes to be signed
 * @param openings  those that were checked against it
 * @throws PreparedRefused `totals` if the control totals of the body are not the sums of the rows
 */
export function sayPrepared(
  body: Bytes,
  openings: CheckedOpenings,
  terms: PackageToSay,
): SaidPrepared {
  const { action, input } = parseBody(body)
  const { step, fields, definitions } = placeOf(action, input, terms)
  const rows = rowsOf(input, openings.rows, terms)
  const said = sayAct(terms.words, {
    step,
    fields,
    definitions,
    outcome: typeof input.outcome === 'string' ? input.outcome : null,
    batch: rows && {
      section: rows.section,
      count: rows.count,
      totals: rows.totals,
      definitions: terms.sections[rows.section]?.totals ?? {},
    },
    sections: openings.sections.map(({ name, opening }) => ({
      name,
      values: contentOf(opening),
      definitions: terms.sections[name]?.fields ?? {},
    })),
  })
  return { ...said, action, input, rows }
}

function placeOf(action: string, input: JsonObject, terms: PackageToSay) {
  const fields = (input.fields ?? {}) as JsonObject
  if (action === 'cases.openCase') return { step: 'open', fields, definitions: terms.opens.fields }
  const step = String(input.step ?? '')
  const definition = Object.hasOwn(terms.steps, step) ? terms.steps[step] : undefined
  if (action === 'cases.actOnStep') {
    return { step, fields, definitions: definition?.form?.fields ?? {} }
  }
  if (action === 'cases.determineStep') {
    const outputs = terms.determinations[definition?.determine ?? '']?.outputs ?? []
    const typed = outputs.map(({ name, type = '' }) => [name, { type }] as const)
    return {
      step,
      fields: (input.outputs ?? {}) as JsonObject,
      definitions: Object.fromEntries(typed),
    }
  }
  return { step: action, fields: input, definitions: {} }
}

function contentOf({ content }: SpelledOpening): JsonObject {
  return parseCanonicalJson(fromBase64Url(content)) as JsonObject
}

function rowsOf(
  input: JsonObject,
  openings: readonly SpelledOpening[],
  { sections }: PackageToSay,
): (SaidPrepared['rows'] & { readonly section: string }) | null {
  const [opening] = openings
  const closing = openings.at(-1)
  if (opening === undefined || closing === undefined) return null
  const { section } = opening.header
  const definitions = Object.entries(sections[section]?.totals ?? {})
  const sums = definitions.map(() => 0n)
  for (const one of openings) {
    const row = contentOf(one)
    definitions.forEach(([, total], at) => {
      sums[at] = (sums[at] as bigint) + scaled(row[total.sum] ?? null, placesOf(total))
    })
  }
  const told = ((input.batch as JsonObject | undefined)?.totals ?? {}) as JsonObject
  const totals: Record<string, string | number> = {}
  definitions.forEach(([name, total], at) => {
    const sum = sums[at] as bigint
    totals[name] = total.type === 'integer' ? Number(sum) : spelled(sum, placesOf(total))
    if (told[name] !== totals[name]) throw new PreparedRefused('totals')
  })
  if (Object.keys(told).length !== definitions.length) throw new PreparedRefused('totals')
  return {
    section,
    count: openings.length,
    first: contentOf(opening),
    last: contentOf(closing),
    totals,
  }
}

function placesOf({ type, places = 0 }: SaidTotal): number {
  return type === 'money' ? 2 : type === 'integer' ? 0 : places
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** An exact decimal in units of its last place; a column that is left empty counts as nothing. */
function scaled(value: JsonObject[string], places: number): bigint {
  if (value === null || value === undefined) return 0n
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(String(value)) ?? []
  if (whole === '' || fraction.length > places) throw new PreparedRefused('totals')
  const digits = BigInt(`${whole}${fraction.padEnd(places, '0')}`)
  return sign === '-' ? -digits : digits
}

function spelled(sum: bigint, places: number): string {
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0')
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`
  return `${sum < 0n ? '-' : ''}${places === 0 ? digits : digits.slice(0, -places)}${fraction}`
}
