/*
 * Before a determination is signed: the body is the submission that was asked for and says the outputs that
 * were shown. That outputs and roots follow from the rows, the signer's own node computed, and so does the
 * node of the second member: a client alone does not.
 */
import { type Bytes, canonicalText, fromBase64Url, type Json } from '@renshe/crypto'
import { parseBody } from '@renshe/proof'
import type { PreparedDetermination } from './determination.ts'
import { PreparedRefused } from './prepared.ts'

/** What was meant. */
export interface MeantDetermination {
  readonly chain: string
  readonly signer: string
  readonly case: string
  readonly step: string
}

/** Members of the input that a submission may have. */
const MEMBERS = 'case inputs n outcomes outputs step subledger trace'

/**
 * Checks a prepared submission; the bytes that pass are the bytes to be signed.
 *
 * @throws PreparedRefused naming the first part that differs
 */
export function checkDetermination(
  prepared: PreparedDetermination,
  meant: MeantDetermination,
): Bytes {
  const bytes = fromBase64Url(prepared.body)
  const { chain, action, signer, input } = parseBody(bytes)
  if (chain !== meant.chain) throw new PreparedRefused('chain')
  if (action !== 'cases.determineStep') throw new PreparedRefused('action')
  if (signer !== meant.signer) throw new PreparedRefused('signer')
  const isOfStep = input.case === meant.case && input.step === meant.step
  if (!isOfStep || Object.keys(input).sort().join(' ') !== MEMBERS) {
    throw new PreparedRefused('input')
  }
  const same = (one: Json | undefined, other: Json): boolean =>
    canonicalText(one ?? null) === canonicalText(other)
  if (!same(input.outputs, prepared.outputs)) throw new PreparedRefused('outputs')
  return bytes
}
