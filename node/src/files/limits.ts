/** Named maximum of everything that is counted while a table file is read. */
export type FileLimits = {
  /** Bytes of the file as it came. */
  readonly fileBytes: number
  /** Rows of values, the header not counted. */
  readonly rows: number
  /** Columns of one row. */
  readonly columns: number
  /** UTF-16 units of one cell: 32,767 is what a spreadsheet can hold. */
  readonly cellLength: number
  /** Bytes of one CSV record, and of one line while the encoding is found. */
  readonly recordBytes: number
  /** Entries of a ZIP archive. */
  readonly zipEntries: number
  /** Bytes of all entries of a ZIP archive after unpacking. */
  readonly unpackedBytes: number
  /** Unpacked bytes per packed byte, for entries above `ratioFreeBytes`. */
  readonly ratio: number
  /** Entries up to this size may have any ratio: a run of zeros of 64 KiB harms nobody. */
  readonly ratioFreeBytes: number
  /** Distinct texts of a workbook, and their UTF-16 units together: they stay in memory. */
  readonly sharedStrings: number
  readonly sharedStringLength: number
}

/**
 * The limits of every upload of a table.
 *
 * @source shared/security/threats.md section 4 (entries, unpacked size, ratio) and section 2
 * (uploads 50 MiB)
 */
export const FILE_LIMITS: FileLimits = {
  fileBytes: 50 * 1024 * 1024,
  rows: 100_000,
  columns: 256,
  cellLength: 32_767,
  recordBytes: 1024 * 1024,
  zipEntries: 1_000,
  unpackedBytes: 200 * 1024 * 1024,
  ratio: 100,
  ratioFreeBytes: 64 * 1024,
  sharedStrings: 1_000_000,
  sharedStringLength: 32 * 1024 * 1024,
}
