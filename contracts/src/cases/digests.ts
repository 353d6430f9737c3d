import { type Bytes, sha256, utf8 } from '@renshe/crypto'

/** What a digest of this module is of; the tag keeps one meaning from another. */
export type CaseDigestLabel = 'determination' | 'trace' | 'row-trace' | 'row-facts' | 'example'

const tags = new Map<CaseDigestLabel, Bytes>()

/** SHA-256 over `renshe/<label>/1`, a zero byte, and the parts in order. */
export function caseDigest(label: CaseDigestLabel, ...parts: readonly Bytes[]): Bytes {
  let tag = tags.get(label)
  if (tag === undefined) {
    tag = utf8(`renshe/${label}/1\u0000`)
    tags.set(label, tag)
  }
  return sha256(tag, ...parts)
}
