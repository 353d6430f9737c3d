/* Reads a table beside the page, so that the page stays usable while 100,000 rows are read. */
import { sha256, toHex } from '@renshe/crypto'
import { readTable, type TableRead } from './read-table.ts'

/** What the worker answers. */
export interface ReadApart {
  /** Hex SHA-256 of the file. */
  readonly hash: string
  /** Null where this browser cannot read it: the node judges it then. */
  readonly table: TableRead | null
}

// In a worker the global object is its own scope, whose `postMessage` takes a message alone.
const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null
  readonly postMessage: (answer: ReadApart) => void
}

scope.onmessage = ({ data }) => {
  const bytes = new Uint8Array(data)
  const hash = toHex(sha256(bytes))
  let table: TableRead | null = null
  try {
    table = readTable(bytes)
  } catch {
    // The node tells what is wrong with it.
  }
  scope.postMessage({ hash, table })
}
