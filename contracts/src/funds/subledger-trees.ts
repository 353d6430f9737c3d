import type { TreeHead } from './records.ts'

/** Head of a tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_TREE: TreeHead = {
  root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  count: 0,
}
