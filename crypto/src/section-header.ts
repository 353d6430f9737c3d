import { type Bytes, isHex, utf8 } from './bytes.ts'
import { JsonRefused, parseCanonicalJson } from './json.ts'
import { isSuiteId, type SuiteId } from './suite.ts'

/** Header of a sealed section: it is under the key, the tag and the commitment. */
export interface SectionHeader {
  readonly chain: string
  /** Hex of the content hash of the catalogue entry's version. */
  readonly entryHash: string
  /** `fields`: JCS of a flat object, shown field by field; `whole`: any bytes, shown at once. */
  readonly kind: 'fields' | 'whole'
  readonly level: 2 | 3 | 4
  /** Member id. */
  readonly owner: string
  /** Hex of 16 random bytes per record. */
  readonly record: string
  /** Hex of 32 random bytes, fresh for every sealing attempt. */
  readonly salt: string
  readonly section: string
  readonly suite: SuiteId
  readonly v: 1
  /** 1, 2, … */
  readonly version: number
}

/** Content or header that no section may have. */
export class SectionRefused extends Error {
  readonly part: 'header' | 'content' | 'size' | 'secret'

  constructor(part: 'header' | 'content' | 'size' | 'secret', reason: string) {
    super(`section ${part}: ${reason}`)
    this.name = 'SectionRefused'
    this.part = part
  }
}

const HEADER_BYTES = 4096
const NAME_LENGTH = 64

/** Lower-case letter first, then letters, digits and hyphens. */
function isName(text: unknown): text is string {
  if (typeof text !== 'string' || text.length === 0 || text.length > NAME_LENGTH) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isLower = code >= 97 && code <= 122
    const isLater = (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45
    if (!isLower && (i === 0 || !isLater)) return false
  }
  return true
}

function findWrongMember(
  header: Readonly<Record<keyof SectionHeader, unknown>>,
): string | undefined {
  const { chain, entryHash, kind, level, owner, record, salt, section, suite, v, version } = header
  if (!isName(chain)) return 'chain'
  if (typeof entryHash !== 'string' || !isHex(entryHash, 32)) return 'entryHash'
  if (kind !== 'fields' && kind !== 'whole') return 'kind'
  if (level !== 2 && level !== 3 && level !== 4) return 'level'
  if (!isName(owner)) return 'owner'
  if (typeof record !== 'string' || !isHex(record, 16)) return 'record'
  if (typeof salt !== 'string' || !isHex(salt, 32)) return 'salt'
  if (!isName(section)) return 'section'
  if (typeof suite !== 'string' || !isSuiteId(suite)) return 'suite'
  if (v !== 1) return 'v'
  if (!Number.isSafeInteger(version) || (version as number) < 1) return 'version'
  return undefined
}

const MEMBER_COUNT = 11

/**
 * Takes a value as a section header: exactly the eleven members, each well spelled.
 *
 * @throws SectionRefused naming the first wrong member
 */
export function checkSectionHeader(value: unknown): SectionHeader {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SectionRefused('header', 'not an object')
  }
  const members = value as Readonly<Record<keyof SectionHeader, unknown>>
  const wrong = findWrongMember(members)
  if (wrong !== undefined) throw new SectionRefused('header', wrong)
  if (Object.keys(members).length !== MEMBER_COUNT) throw new SectionRefused('header', 'members')
  return members as SectionHeader
}

/**
 * Writes a header as JCS.
 *
 * Spelled out member by member, which takes a tenth of the time of sorting: it is on the path of every
 * row. No member can need an escape, because each was checked.
 *
 * @throws SectionRefused naming the first wrong member
 */
export function headerBytes(header: SectionHeader): Bytes {
  const { chain, entryHash, kind, level, owner, record, salt, section, suite, version } =
    checkSectionHeader(header)
  return utf8(
    `{"chain":"${chain}","entryHash":"${entryHash}","kind":"${kind}","level":${level}` +
      `,"owner":"${owner}","record":"${record}","salt":"${salt}","section":"${section}"` +
      `,"suite":"${suite}","v":1,"version":${version}}`,
  )
}

/**
 * Reads the bytes of a header.
 *
 * @throws SectionRefused if they are not JCS of exactly the eleven members
 */
export function parseSectionHeader(bytes: Bytes): SectionHeader {
  try {
    return checkSectionHeader(parseCanonicalJson(bytes, { maxBytes: HEADER_BYTES }))
  } catch (error) {
    if (error instanceof JsonRefused) throw new SectionRefused('header', error.code)
    throw error
  }
}
