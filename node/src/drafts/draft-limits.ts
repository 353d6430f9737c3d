/** Named maximums of drafts. */
export const DRAFT_LIMITS = {
  /** Files that one draft may take. */
  files: 100,
  /** Bytes of all files that a draft keeps. */
  fileBytes: 200 * 1024 * 1024,
  /** Rows of one sealed page. */
  pageRows: 1_000,
  /** Bytes of one sealed piece of a file. */
  pieceBytes: 1024 * 1024,
} as const
