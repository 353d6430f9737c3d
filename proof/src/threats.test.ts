/**
 * Goal: the threats this room answers for: 6 two heads signed for one height, 7 another history shown
 * to one citizen, 8 a colluding majority rewrites the past.
 * Method: a byzantine ledger made with every member's real keys; what an honest reader kept must
 * expose it, and the notes alone must name who signed twice.
 */
import { toBase64Url, toHex } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { checkpointNote, checkpointText } from './checkpoint.ts'
import { doubleSigners, headSigners } from './checkpoint-lines.ts'
import { makeEvidence } from './make-evidence.ts'
import { policyHash } from './policy.ts'
import {
  authority,
  CHAIN,
  checkpointLines,
  embeddedPolicy,
  fixed,
  keySigner,
} from './signers.fixture.ts'
import { TinyLedger } from './tiny-ledger.fixture.ts'
import { verdictOf, verifyEvidence } from './verify-evidence.ts'

const policy = embeddedPolicy('RS-INTL-1')
const officer = keySigner('p256', 'officer', '0417')

/** A ledger whose block 2 says this; everything else is equal, and every key is real. */
function history(said: string): TinyLedger {
  const ledger = new TinyLedger(policy, [officer])
  for (const outcome of [said, 'later', 'last']) {
    ledger.addBlock([{ signer: officer, action: 'cases.decideStep', input: { outcome } }])
  }
  return ledger
}

function evidenceOf(ledger: TinyLedger, since: number | null): Uint8Array {
  return makeEvidence(
    {
      kind: 'step',
      acts: ledger.blocks[2]!.acts,
      opened: [],
      records: [],
      registry: [...ledger.blocks[0]!.writes, ...ledger.blocks[1]!.writes],
      authorities: [toBase64Url(authority.der)],
      finality: ledger.finality(4),
      walk: [],
      since,
      status: null,
    },
    ledger,
  )
}

const honest = history('approved')
const forged = history('refused')
const trusted = [{ chain: CHAIN, policies: [toHex(policyHash(policy))] }]
const saved = { chain: CHAIN, size: 3, root: honest.header(3).log }

describe('threats 7 and 8: the past rewritten with every key', () => {
  it('is perfect to a reader who kept nothing: that is the limit, and the sixth tick says so', () => {
    const { checks } = verifyEvidence(evidenceOf(forged, 3), { trusted })
    expect(checks[5]).toMatchObject({ name: 'consistency', state: 'grey' })
  })

  it('is red to a reader who kept a head, with or without a proof of consistency', () => {
    const reader = { trusted, savedHeads: [saved] }
    expect(verdictOf(verifyEvidence(evidenceOf(honest, 3), reader))).toBe('trustworthy')
    const shown = verifyEvidence(evidenceOf(forged, 3), reader)
    expect(shown.checks[5]).toMatchObject({ state: 'red', reason: { code: 'HEAD_OTHER' } })
    expect(verdictOf(shown)).toBe('refused')
    const atTip = [{ chain: CHAIN, size: 4, root: honest.header(4).log }]
    const silent = verifyEvidence(evidenceOf(forged, null), { trusted, savedHeads: atTip })
    expect(silent.checks[5]).toMatchObject({ state: 'red', reason: { code: 'HEAD_OTHER' } })
  })

  it('is exposed by any two evidence files: their heads of one size differ', () => {
    const proof = (ledger: TinyLedger): string => {
      const { proof: found } = ledger.finality(4)
      return found.engine === 'embedded' ? found.checkpoint : ''
    }
    expect(doubleSigners(policy, CHAIN, [proof(honest), proof(forged)])).toEqual({
      size: 5,
      operator: true,
      witnesses: ['archive-0001', 'library-0001'],
    })
  })
})

describe('threat 6: two heads signed for one height', () => {
  const note = (root: string, size: number, signing: number, suite = policy): string => {
    const text = checkpointText(CHAIN, { size, root: fixed(root) })
    return checkpointNote(text, checkpointLines(suite, text, signing))
  }

  it('names exactly who signed both', () => {
    expect(doubleSigners(policy, CHAIN, [note('a', 9, 3), note('b', 9, 1)])).toEqual({
      size: 9,
      operator: true,
      witnesses: ['archive-0001'],
    })
  })

  it.each<[string, [string, string]]>([
    ['one head twice', [note('a', 9, 3), note('a', 9, 2)]],
    ['heads of two sizes', [note('a', 9, 3), note('b', 8, 3)]],
    ['a note that is none', [note('a', 9, 3), 'renshe']],
    ['a signature moved from another head', [note('a', 9, 3), moved()]],
  ])('accuses nobody by %s', (_, notes) => {
    expect(doubleSigners(policy, CHAIN, notes)).toBeNull()
  })

  function moved(): string {
    const text = checkpointText(CHAIN, { size: 9, root: fixed('b') })
    const others = checkpointLines(policy, checkpointText(CHAIN, { size: 9, root: fixed('a') }), 2)
    return checkpointNote(text, others)
  }

  it('tells an operator who collects lines who has signed so far', () => {
    expect(headSigners(policy, CHAIN, note('a', 9, 0))).toEqual({ operator: true, witnesses: [] })
    const guomi = embeddedPolicy('RS-GM-1')
    expect(headSigners(guomi, CHAIN, note('a', 9, 2, guomi))).toEqual({
      operator: true,
      witnesses: ['archive-0001', 'library-0001'],
    })
    expect(headSigners(policy, 'demo-00000000', note('a', 9, 2))).toBeNull()
  })
})
