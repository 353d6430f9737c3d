import { type Bytes, concatBytes, utf8 } from './bytes.ts'
import type { Digest } from './ledger-hash.ts'

/** The sealing suites of sealed-data section 3. */
export type SuiteId = 'RS-INTL-1' | 'RS-GM-1'

/** Whether the text names a suite. */
export function isSuiteId(text: string): text is SuiteId {
  return text === 'RS-INTL-1' || text === 'RS-GM-1'
}

/** Labels of the tags in sealed data. */
export type SealedLabel =
  | 'header'
  | 'key'
  | 'leaf'
  | 'section'
  | 'context'
  | 'wrap'
  | 'seal-to'
  | 'fingerprint'
  | 'row'
  | 'person'
  | 'share'

const tags = new Map<SealedLabel, Bytes>()

/** `T(label)` of sealed data: UTF-8 `renshe/sealed/1/<label>` and a zero byte. Shared memory. */
export function sealedTag(label: SealedLabel): Bytes {
  let tag = tags.get(label)
  if (tag === undefined) {
    tag = concatBytes(utf8(`renshe/sealed/1/${label}`), Uint8Array.of(0))
    tags.set(label, tag)
  }
  return tag
}

/** H of each suite. */
export type SuiteDigests = Readonly<Record<SuiteId, Digest>>

/** A sealed section, wrap or box that does not open. There is one outcome for every cause. */
export class SealBroken extends Error {
  readonly code = 'SEAL_BROKEN'
  /** Which step failed: for the log of the owner, never for whoever asked. */
  readonly step: string

  constructor(step: string) {
    super('SEAL_BROKEN')
    this.name = 'SealBroken'
    this.step = step
  }
}
