/* Service packages as pages read them: the members of the published document that are shown or filled in. */
import type { PackageToSay } from '@renshe/client'
import type { SaidText } from '@renshe/proof'

/** Types of values of a form. */
export type FieldType =
  | 'money'
  | 'decimal'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'month'
  | 'instant'
  | 'code'
  | 'reference'
  | 'member'
  | 'digest'
  | 'text'
  | 'resident-id'
  | 'file'
  | 'photo'

/** One typed value of a form, a row or a sealed section. */
export interface Field {
  readonly type: FieldType
  readonly optional?: boolean
  readonly codes?: readonly string[]
  readonly places?: number
  readonly minimum?: string
  readonly maximum?: string
  readonly maxLength?: number
  readonly register?: string
  readonly many?: boolean
  readonly fields?: Fields
  readonly clause?: string
}

/** Fields by name. */
export type Fields = Readonly<Record<string, Field>>

/** A named condition that refuses. */
export interface Check {
  readonly refuse: string
  readonly clause?: string
}

/** A period of the law. */
export interface Duration {
  readonly amount: number
  readonly unit: 'hours' | 'days' | 'working-days' | 'months' | 'years'
}

/** A time limit of a step. */
export interface Clock {
  readonly kind: 'within' | 'lasts' | 'from'
  readonly limit: Duration
  readonly promised?: Duration
  readonly clause: string
  readonly lapse?: { readonly outcome?: string; readonly alert?: string }
}

/** A computed value; the outputs of a rule have no type here. */
export interface Computed {
  readonly name: string
  readonly type?: string
}

/** How a step ends. */
export interface Outcome {
  readonly when?: string
  readonly checks: readonly Check[]
  readonly compute?: readonly Computed[]
  readonly effects: readonly Effect[]
  readonly then: readonly string[]
  readonly ends?: string
  readonly sections: readonly string[]
}

/** What changes outside of the case: one of its members names the kind. */
export type Effect = Readonly<Record<string, unknown>>

/** A step as it is acted on. */
export interface StepDefinition {
  readonly holder: string
  readonly each?: boolean
  readonly by?: {
    readonly role?: string
    readonly unit?: string
    readonly notSignerOf?: readonly string[]
  }
  readonly signatures?: { readonly of: readonly string[]; readonly need: number }
  readonly form?: {
    readonly fields: Fields
    readonly batch?: string
    readonly sections: readonly string[]
  }
  readonly determine?: string
  readonly wait?: Readonly<Record<string, string>>
  readonly compute?: readonly Computed[]
  readonly checks: readonly Check[]
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly clocks: Readonly<Record<string, Clock>>
}

/** A group of fields that is sealed together, or the rows of a batch. */
export interface SectionDefinition {
  readonly level: 2 | 3 | 4
  readonly owner: string
  readonly readers: readonly string[]
  readonly fields?: Fields
  readonly rows?: string
  readonly totals?: Readonly<
    Record<string, { readonly sum: string; readonly type: string; readonly places?: number }>
  >
  readonly purpose: string
  readonly clause?: string
}

/** What a case of the service is. */
export interface ServiceDefinition {
  readonly parties: Readonly<Record<string, { readonly from: string; readonly many?: boolean }>>
  readonly references: Readonly<Record<string, { readonly register: string }>>
  readonly opens: {
    readonly by: string
    readonly role?: string
    readonly fields: Fields
    readonly checks: readonly Check[]
    readonly then: readonly string[]
  }
  readonly sections: Readonly<Record<string, SectionDefinition>>
  readonly determinations: Readonly<
    Record<
      string,
      {
        readonly of: string
        readonly members: readonly string[]
        readonly outputs: readonly Computed[]
      }
    >
  >
  readonly steps: Readonly<Record<string, StepDefinition>>
  readonly withdrawal?: { readonly by: string; readonly while: readonly string[] }
}

/** A published package or library. */
export interface PackageDocument {
  readonly v: 1
  readonly kind: 'service' | 'library'
  readonly name: string
  readonly version: string
  readonly title: SaidText
  readonly law: readonly {
    readonly id: string
    readonly instrument: string
    readonly article: string
    readonly quotation: string
    readonly certainty: string
  }[]
  readonly rows: Readonly<Record<string, { readonly columns: Fields; readonly unique?: string }>>
  readonly registers: Readonly<
    Record<string, { readonly key: readonly string[]; readonly fields: Fields }>
  >
  readonly service: ServiceDefinition | null
  readonly texts: {
    readonly zh: Readonly<Record<string, string>>
    readonly en: Readonly<Record<string, string>>
  }
}

/** A package with what it uses, each loaded by its hash. */
export interface LoadedPackage {
  readonly hash: string
  readonly document: PackageDocument
  /** What it uses, by name. */
  readonly uses: Readonly<Record<string, PackageDocument>>
}

/** The service of a package; a library has none. */
export function serviceOf({ document }: LoadedPackage): ServiceDefinition {
  if (document.service === null) throw new RangeError(`${document.name} is a library`)
  return document.service
}

/** Columns of the rows of a section; undefined for a section of fields. */
export function columnsOf(loaded: LoadedPackage, section: string): Fields | undefined {
  const rows = serviceOf(loaded).sections[section]?.rows
  if (rows === undefined) return undefined
  const documents = [loaded.document, ...Object.values(loaded.uses)]
  return documents.find((document) => Object.hasOwn(document.rows, rows))?.rows[rows]?.columns
}

/** A package as the sign dialog says acts by it. */
export function packageToSay(loaded: LoadedPackage): PackageToSay {
  const { document, uses } = loaded
  const { opens, steps, sections, determinations } = serviceOf(loaded)
  const texts = [document, ...Object.values(uses)].map((one) => one.texts)
  return { words: { title: document.title, texts }, opens, steps, sections, determinations }
}
