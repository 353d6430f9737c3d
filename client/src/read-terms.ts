/* What a read asked for, from the very bytes that were signed: their hash is the id of the read. */
import { type Bytes, type JsonObject, toHex } from '@renshe/crypto'
import { parseBody, transactionId } from '@renshe/proof'
import { OpenedRefused, type RegisteredItems } from './check-opened.ts'

/** A read as the chain keeps it. */
export interface KeptRead {
  readonly owner: string
  readonly items: RegisteredItems['items']
}

/**
 * What the opened items must be.
 *
 * @param body  of the read's transaction
 * @throws OpenedRefused if the body is not that of the read
 */
export function termsOfRead(body: Bytes, read: string, kept: KeptRead): RegisteredItems {
  if (toHex(transactionId(body)) !== read) throw new OpenedRefused('item', 0)
  const { chain, action, input } = parseBody(body)
  if (action !== 'access.readSections') throw new OpenedRefused('item', 0)
  const { owner, items } = kept
  const { rows, batch } = input as JsonObject & SignedRows
  if (rows === undefined || batch === undefined) return { chain, owner, rows: null, items }
  const { root, count: size } = batch
  return { chain, owner, rows: { ...rows, root, size }, items: [] }
}

interface SignedRows {
  readonly rows?: { readonly section: string; readonly from: number; readonly count: number }
  readonly batch?: { readonly root: string; readonly count: number }
}
