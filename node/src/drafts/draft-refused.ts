/** Why a draft does not do what was asked; the facts hold nothing personal. */
export type DraftRefusal =
  | { readonly code: 'SECTION_HAS_NO_ROWS'; readonly section: string }
  | { readonly code: 'COLUMN_NOT_IN_TABLES'; readonly column: string; readonly type: string }
  | { readonly code: 'DRAFT_OF_OTHER_RULES'; readonly expected: string; readonly came: string }
  | { readonly code: 'DRAFT_DISCARDED' }
  /** Another hand changed the draft meanwhile: open it again. */
  | { readonly code: 'DRAFT_CHANGED' }
  | { readonly code: 'TOO_MANY_ROWS'; readonly most: number }
  | { readonly code: 'TOO_MANY_FILES'; readonly most: number }
  | { readonly code: 'FILES_TOO_LARGE'; readonly mostBytes: number }
  | { readonly code: 'FILE_NOT_FOUND'; readonly file: number }
  | { readonly code: 'ROW_NOT_FOUND'; readonly row: number }
  | { readonly code: 'COLUMN_UNKNOWN' }
  | { readonly code: 'BAD_ROWS'; readonly bad: number }

/** Thrown when a draft refuses; it is as it was before. */
export class DraftRefused extends Error {
  readonly refusal: DraftRefusal

  constructor(refusal: DraftRefusal) {
    super(refusal.code)
    this.name = 'DraftRefused'
    this.refusal = refusal
  }
}
