import {
  type BatchLeaf,
  type Bytes,
  batchLeaf,
  canonicalJson,
  type Disclosure,
  equalBytes,
  fromBase64Url,
  fromHex,
  isCanonicalJson,
  type JsonObject,
  type LeafSection,
  ledgerHash,
  type SectionHeader,
  SectionRefused,
  sectionCommitment,
  toHex,
  verifyDisclosure,
} from '@renshe/crypto'
import {
  anyJson,
  anyObject,
  base64Url,
  chainId,
  code,
  count,
  digest,
  hex,
  list,
  name,
  nullable,
  object,
  oneOf,
  type Shape,
  ShapeRefused,
  text,
} from './shape.ts'
import { leafHash, verifyInclusion } from './tree.ts'

/** Leaf of a batch's outcomes. */
export type OutcomeLeaf = {
  readonly record: string
  readonly code: string
  readonly commitment: string | null
}

/** A section shown whole, as in the file: anyone can recompute its commitment. */
export type WholeOpening = {
  readonly header: SectionHeader
  readonly seed: string
  /** base64url */
  readonly content: string
}

/** The bytes of a published document. */
export type DocumentOpening = { readonly content: string }

/** Something shown that the chain holds only as a root, commitment or hash. */
export type Opened =
  | (OpenedPlace & {
      readonly tree: 'batch' | 'entry' | 'balance'
      readonly leaf: BatchLeaf
      readonly sections: readonly (WholeOpening | Disclosure)[]
    })
  | (OpenedPlace & {
      readonly tree: 'outcome'
      readonly leaf: OutcomeLeaf
      readonly sections: readonly (WholeOpening | Disclosure)[]
    })
  | (OpenedPlace & {
      readonly tree: 'section'
      readonly leaf: LeafSection
      readonly sections: readonly (WholeOpening | Disclosure)[]
    })
  | (OpenedPlace & {
      readonly tree: 'document'
      readonly leaf: null
      readonly sections: readonly DocumentOpening[]
    })

type OpenedPlace = {
  /** `acts/0` or `records/1`. */
  readonly of: string
  readonly index: number
  readonly path: readonly string[]
}

const reference = object<LeafSection>({ name: text(128), level: count, commitment: digest })
const rowMembers = object<BatchLeaf>({
  record: hex(16),
  version: count,
  sections: list(reference, 256),
})
const rowLeaf: Shape<BatchLeaf> = (value, at) => {
  const leaf = rowMembers(value, at)
  try {
    batchLeaf(leaf)
    return leaf
  } catch (error) {
    if (error instanceof SectionRefused) throw new ShapeRefused(at, error.message)
    throw error
  }
}
const wholeOpening = object<WholeOpening>({
  header: object<SectionHeader>({
    chain: chainId,
    entryHash: digest,
    kind: oneOf('fields', 'whole'),
    level: oneOf(2, 3, 4),
    owner: name,
    record: hex(16),
    salt: digest,
    section: text(128),
    suite: oneOf('RS-INTL-1', 'RS-GM-1'),
    v: oneOf(1),
    version: count,
  }),
  seed: digest,
  content: base64Url(),
})
const disclosure = object<Disclosure>({
  headerHash: digest,
  leaves: list(
    object<Disclosure['leaves'][number]>({
      index: count,
      salt: digest,
      value: list(anyJson, 2),
      path: list(digest, 12),
    }),
    4096,
  ),
})
const sectionOpening: Shape<WholeOpening | Disclosure> = (value, at) =>
  Object.hasOwn(anyObject(value, at), 'headerHash')
    ? disclosure(value, at)
    : wholeOpening(value, at)

const place = { of: text(32), index: count, path: list(digest, 64) }

const SUITES = ['RS-INTL-1', 'RS-GM-1'] as const

/** Reads one element of `opened`. */
export const openedShape: Shape<Opened> = (value, at) => {
  const tree = oneOf(
    'batch',
    'outcome',
    'entry',
    'balance',
    'section',
    'document',
  )(anyObject(value, at).tree ?? null, `${at}/tree`)
  if (tree === 'document') {
    return object<Extract<Opened, { tree: 'document' }>>({
      ...place,
      tree: oneOf('document'),
      leaf: oneOf(null),
      sections: list(object<DocumentOpening>({ content: base64Url() }), 1),
    })(value, at)
  }
  const sections = list(sectionOpening, 256)
  if (tree === 'section') {
    return object<Extract<Opened, { tree: 'section' }>>({
      ...place,
      tree: oneOf('section'),
      leaf: reference,
      sections,
    })(value, at)
  }
  if (tree === 'outcome') {
    return object<Extract<Opened, { tree: 'outcome' }>>({
      ...place,
      tree: oneOf('outcome'),
      leaf: object<OutcomeLeaf>({ record: hex(16), code, commitment: nullable(digest) }),
      sections,
    })(value, at)
  }
  return object<Extract<Opened, { tree: 'batch' | 'entry' | 'balance' }>>({
    ...place,
    tree: oneOf('batch', 'entry', 'balance'),
    leaf: rowLeaf,
    sections,
  })(value, at)
}

/** Why an opening does not lead to what the chain holds. */
export type OpeningFault =
  | 'OPENING_UNCOMMITTED'
  | 'OPENING_PATH'
  | 'OPENING_SECTION'
  | 'OPENING_COMMITMENT'
  | 'OPENING_DOCUMENT'

/**
 * Verifies one opening against the input of the act or the value of the record that it is of.
 *
 * @returns null if it holds
 */
export function openingFault(opened: Opened, holder: JsonObject): OpeningFault | null {
  if (opened.tree === 'document') return documentFault(opened, holder)
  if (opened.tree === 'section') return sectionFault(opened, holder)
  const committed = committedTree(holder, opened.tree)
  if (committed === null) return 'OPENING_UNCOMMITTED'
  const holds = verifyInclusion({
    leafHash: leafHash(opened.tree, leafBytes(opened)),
    index: opened.index,
    size: committed.count,
    path: opened.path.map(fromHex),
    root: committed.root,
  })
  if (!holds) return 'OPENING_PATH'
  return opened.tree === 'outcome' ? outcomeFault(opened) : rowFault(opened)
}

function leafBytes(opened: Extract<Opened, { leaf: BatchLeaf | OutcomeLeaf }>): Bytes {
  return opened.tree === 'outcome' ? canonicalJson({ ...opened.leaf }) : batchLeaf(opened.leaf)
}

/** Root and count of a tree, from where the ledger's contracts put them. */
function committedTree(
  holder: JsonObject,
  tree: 'batch' | 'outcome' | 'entry' | 'balance',
): { root: Bytes; count: number } | null {
  const subledger = memberObject(holder, 'subledger')
  const found =
    tree === 'batch'
      ? memberObject(holder, 'batch')
      : tree === 'outcome'
        ? memberObject(holder, 'outcomes')
        : subledger && memberObject(subledger, tree === 'entry' ? 'entries' : 'balances')
  if (!found) return null
  try {
    return {
      root: fromHex(digest(found.root ?? null, 'root')),
      count: count(found.count ?? null, 'count'),
    }
  } catch {
    return null
  }
}

function memberObject(holder: JsonObject, member: string): JsonObject | null {
  const value = Object.hasOwn(holder, member) ? holder[member] : null
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

function rowFault({
  leaf,
  sections,
}: {
  leaf: BatchLeaf
  sections: Opened['sections']
}): OpeningFault | null {
  const shown = new Set<string>()
  for (const section of sections as readonly (WholeOpening | Disclosure)[]) {
    const fits = leaf.sections.find(
      (wanted) => !shown.has(wanted.name) && isOpeningOf(section, wanted.commitment),
    )
    if (fits === undefined) return 'OPENING_COMMITMENT'
    shown.add(fits.name)
    if ('headerHash' in section) continue
    const { header } = section
    const isSame =
      header.record === leaf.record &&
      header.version === leaf.version &&
      header.section === fits.name &&
      header.level === fits.level
    if (!isSame) return 'OPENING_SECTION'
  }
  return null
}

function outcomeFault({
  leaf,
  sections,
}: {
  leaf: OutcomeLeaf
  sections: Opened['sections']
}): OpeningFault | null {
  const [section, ...more] = sections as readonly (WholeOpening | Disclosure)[]
  if (section === undefined) return null
  if (more.length > 0 || leaf.commitment === null) return 'OPENING_SECTION'
  if (!isOpeningOf(section, leaf.commitment)) return 'OPENING_COMMITMENT'
  if ('header' in section && section.header.record !== leaf.record) return 'OPENING_SECTION'
  return null
}

function sectionFault(
  opened: Extract<Opened, { tree: 'section' }>,
  holder: JsonObject,
): OpeningFault | null {
  const sections = Object.hasOwn(holder, 'sections') ? holder.sections : null
  const wanted = Array.isArray(sections) ? sections[opened.index] : undefined
  if (wanted === undefined || opened.path.length > 0) return 'OPENING_UNCOMMITTED'
  if (!equalBytes(canonicalJson(wanted), canonicalJson({ ...opened.leaf }))) {
    return 'OPENING_PATH'
  }
  const [section, ...more] = opened.sections
  if (section === undefined) return null
  if (more.length > 0 || !isOpeningOf(section, opened.leaf.commitment)) return 'OPENING_COMMITMENT'
  if ('headerHash' in section) return null
  const isSame =
    section.header.section === opened.leaf.name && section.header.level === opened.leaf.level
  return isSame ? null : 'OPENING_SECTION'
}

function documentFault(
  opened: Extract<Opened, { tree: 'document' }>,
  holder: JsonObject,
): OpeningFault | null {
  const [document] = opened.sections
  if (document === undefined || opened.index !== 0 || opened.path.length > 0) {
    return 'OPENING_UNCOMMITTED'
  }
  const content = fromBase64Url(document.content)
  if (!isCanonicalJson(content)) return 'OPENING_DOCUMENT'
  return holder.hash === toHex(ledgerHash('package', content)) ? null : 'OPENING_DOCUMENT'
}

function isOpeningOf(section: WholeOpening | Disclosure, commitment: string): boolean {
  if ('headerHash' in section) {
    // Only the header would name the suite, and it is not shown: either hash may have made it.
    return SUITES.some((suite) => verifyDisclosure(suite, commitment, section))
  }
  try {
    const { header, seed, content } = section
    const opening = { header, seed: fromHex(seed), content: fromBase64Url(content) }
    return sectionCommitment(opening).commitment === commitment
  } catch (error) {
    // Content that no section of this kind can hold has no commitment at all.
    if (error instanceof SectionRefused) return false
    throw error
  }
}
