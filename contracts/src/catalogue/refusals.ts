import type { JsonObject } from '@renshe/crypto'
import type { Refusal } from '@renshe/kernel'

/** Why a catalogue action says no, in checking order. */
export type CatalogueRefusal =
  | { code: 'PART_ENCODING' }
  | { code: 'PART_HASH'; part: string }
  | { code: 'PACKAGE_EXISTS'; package: string; status: string }
  | { code: 'PART_MISSING'; part: string }
  | { code: 'PACKAGE_SIZE'; size: number }
  | { code: 'PACKAGE_HASH'; package: string }
  | { code: 'PACKAGE_NOT_CANONICAL'; reason: string; position: number }
  /** A package that it uses is not published. */
  | { code: 'LIBRARY_NOT_PUBLISHED'; library: string }
  /** The static check found errors; the first ten are told. */
  | { code: 'PACKAGE_REFUSED'; count: number; problems: JsonObject[] }
  /** Another package publishes that name already. */
  | { code: 'NAME_TAKEN'; kind: string; name: string; package: string }
  /** Two versions of one block would be known from the same instant on: the later one waits for the next. */
  | { code: 'PUBLISHED_THIS_BLOCK'; package: string; height: number }
  | { code: 'RETROACTIVE'; effectiveFrom: string; earliest: string }
  /** Worked examples did not come out as written. */
  | { code: 'EXAMPLE_FAILED'; count: number; problems: JsonObject[] }
  | { code: 'PACKAGE_NOT_FOUND'; package: string }
  | { code: 'PACKAGE_NOT_PUBLISHED'; package: string; status: string }
  | { code: 'FOUNDING_PACKAGES' }
  | { code: 'FOUNDING_BYTES_MISSING'; package: string }
  | { code: 'RULE_NOT_FOUND'; rule: string }
  | { code: 'DATA_SET_NOT_FOUND'; dataSet: string }
  | { code: 'DATA_SET_NOT_YOURS'; provider: string }
  | { code: 'DATA_SET_VERSION'; version: number; next: number }
  /** It lacks what 政务数据共享条例 art. 13–15 ask for, or has conditions of its own making. */
  | { code: 'DATA_SET_UNLAWFUL'; faults: string[] }
  | { code: 'DATA_SET_CLAUSE'; clause: string }
  | { code: 'CHANGE_IN_FUTURE'; changedOn: string }
  | { code: 'DATA_SET_EXISTS'; dataSet: string; status: string }
  | { code: 'DATA_SET_STATUS'; dataSet: string; status: string }
  | { code: 'DATA_SET_FOUR_EYES'; officer: string }
  | { code: 'IMPACT_ASSESSMENT_MISSING'; dataSet: string }
  /** Other sections of the package are in the data catalogue, this one is not. */
  | { code: 'SECTION_NOT_LISTED'; section: string }
  /** The data catalogue lists it at a higher level, or shares it less. */
  | {
      code: 'SECTION_WEAKER'
      section: string
      dataSet: string
      level: number
      least: number
      sharing: string
      most: string
    }

/** Names a refusal of this module, so that the compiler knows its facts. */
export function catalogueRefusal(refusal: CatalogueRefusal): Refusal {
  return refusal as unknown as Refusal
}
