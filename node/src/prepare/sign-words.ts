/* What the sign dialog says, made from body and openings alone, in the words of the published package. */
import type { CompiledPackage, Field } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { type SaidAct, sayAct } from '@renshe/proof'

/** Everything that the dialog shows; a browser says it once more from the bytes that it signs. */
export type SignWords = Pick<SaidAct, 'sentences' | 'unusual'>

/** What is signed, as it was read back and recomputed. */
export interface WordsGiven {
  /** `open` for the opening of a case, else the name of the step. */
  readonly step: string
  /** Public fields of the form, with their definitions. */
  readonly fields: JsonObject
  readonly definitions: Readonly<Record<string, Field>>
  readonly outcome: string | null
  readonly batch: {
    readonly section: string
    readonly count: number
    readonly totals: JsonObject
  } | null
  readonly sections: readonly { readonly name: string; readonly values: JsonObject }[]
}

/** Makes the words. Names without a text of the package stand as they are: nothing is left out. */
export function signWords(code: CompiledPackage, given: WordsGiven): SignWords {
  const { service, title } = code.document
  const { batch } = given
  const sectionOf = (name: string) => service?.sections[name]
  const texts = [code, ...code.uses.values()].map(({ document }) => document.texts)
  const { sentences, unusual } = sayAct(
    { title, texts },
    {
      ...given,
      batch: batch && { ...batch, definitions: sectionOf(batch.section)?.totals ?? {} },
      sections: given.sections.map((section) => ({
        ...section,
        definitions: sectionOf(section.name)?.fields ?? {},
      })),
    },
  )
  return { sentences, unusual }
}
