/**
 * Goal: a header is final only under its policy, signed by those the policy names, in one spelling.
 * Method: a tiny ledger's head with lines left out, added, doubled and reordered, in both suites; a
 * walk from the embedded engine to CometBFT with each step broken in turn.
 */
import { canonicalJson, toBase64Url, toHex } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { checkpointNote, checkpointText } from './checkpoint.ts'
import { type FinalityProof, verifyFinality, verifyWalk } from './finality.ts'
import { headerHash } from './header.ts'
import { EvidenceIncomplete, makeEvidence } from './make-evidence.ts'
import { type EmbeddedPolicy, type Policy, parsePolicy, policyHash } from './policy.ts'
import {
  authority,
  CHAIN,
  checkpointLines,
  cometbftPolicy,
  embeddedPolicy,
  engineCommit,
  keySigner,
} from './signers.fixture.ts'
import { TinyLedger } from './tiny-ledger.fixture.ts'
import { verifyEvidence } from './verify-evidence.ts'

const officer = keySigner('p256', 'officer', '0417')
const ledger = new TinyLedger(embeddedPolicy('RS-INTL-1'), [officer])

/** Outcome of a checkpoint whose lines are arranged by `arrange`. */
function judge(policy: EmbeddedPolicy, arrange: (lines: string[]) => string[]): unknown {
  const { tip, proof } = ledger.finality(1, policy)
  const size = tip.height + 1
  const honest = proof.engine === 'embedded' ? proof.checkpoint : ''
  const root = Buffer.from(honest.split('\n')[2]!, 'base64')
  const text = checkpointText(CHAIN, { size, root: new Uint8Array(root) })
  const checkpoint = checkpointNote(text, arrange(checkpointLines(policy, text, 3)))
  const outcome = verifyFinality({ policy, proof: { ...proof, checkpoint } as typeof proof, tip })
  return 'fault' in outcome ? outcome.fault : 'final'
}

const move = (lines: string[], from: number, to: number): string[] => {
  const copy = [...lines]
  copy.splice(to, 0, ...copy.splice(from, 1))
  return copy
}

describe('a checkpoint of the international suite', () => {
  const policy = embeddedPolicy('RS-INTL-1')
  it.each<[string, (lines: string[]) => string[], string]>([
    ['all lines', (lines) => lines, 'final'],
    ['one witness less', (lines) => lines.slice(0, -1), 'final'],
    ['a witness in the middle less', (lines) => lines.filter((_, i) => i !== 2), 'final'],
    ['two witnesses less', (lines) => lines.slice(0, 2), 'CHECKPOINT_THRESHOLD'],
    ['no operator', (lines) => lines.slice(1), 'CHECKPOINT_LINE'],
    ['witnesses out of order', (lines) => move(lines, 1, 2), 'CHECKPOINT_LINE'],
    ['the operator last', (lines) => move(lines, 0, 3), 'CHECKPOINT_LINE'],
    ['a witness twice', (lines) => [...lines, lines[3]!], 'CHECKPOINT_LINE'],
    ['no lines', () => [], 'CHECKPOINT_FORM'],
    [
      'a blank between',
      (lines) => [...lines.slice(0, 1), '\n', ...lines.slice(1)],
      'CHECKPOINT_FORM',
    ],
    [
      'two blanks in a line',
      (lines) => lines.map((line) => line.replace(' ', '  ')),
      'CHECKPOINT_FORM',
    ],
    [
      'a hyphen for the dash',
      (lines) => lines.map((line) => line.replace('—', '-')),
      'CHECKPOINT_FORM',
    ],
    [
      'no newline at the end',
      (lines) => lines.map((line, i) => (i === 3 ? line.trimEnd() : line)),
      'CHECKPOINT_FORM',
    ],
    [
      'base64 without padding',
      (lines) => lines.map((line) => line.replaceAll('=', '')),
      'CHECKPOINT_FORM',
    ],
    [
      'lines of the other suite',
      () => checkpointLines(embeddedPolicy('RS-GM-1'), '', 2),
      'CHECKPOINT_LINE',
    ],
    [
      'lines over another head',
      () => checkpointLines(policy, 'another', 2),
      'CHECKPOINT_SIGNATURE',
    ],
  ])('%s', (_, arrange, expected) => {
    expect(judge(policy, arrange)).toBe(expected)
  })

  it('with threshold 0 needs only the operator', () => {
    const alone = embeddedPolicy('RS-INTL-1', 0)
    expect(judge(alone, (lines) => lines.slice(0, 1))).toBe('final')
  })
})

describe('a checkpoint of the 国密 suite', () => {
  // Lines: operator Ed25519, operator SM2, three witnesses Ed25519, three witnesses SM2.
  const policy = embeddedPolicy('RS-GM-1')
  it.each<[string, (lines: string[]) => string[], string]>([
    ['all lines', (lines) => lines, 'final'],
    [
      'one witness with both lines less',
      (lines) => lines.filter((_, i) => i !== 3 && i !== 6),
      'final',
    ],
    ['no SM2 of the operator', (lines) => lines.filter((_, i) => i !== 1), 'CHECKPOINT_LINE'],
    ['no Ed25519 of the operator', (lines) => lines.slice(1), 'CHECKPOINT_LINE'],
    ['a witness without SM2', (lines) => lines.slice(0, -1), 'CHECKPOINT_LINE'],
    ['a witness without Ed25519', (lines) => lines.filter((_, i) => i !== 2), 'CHECKPOINT_LINE'],
    ['witness by witness', (lines) => move(lines, 5, 3), 'CHECKPOINT_LINE'],
  ])('%s', (_, arrange, expected) => {
    expect(judge(policy, arrange)).toBe(expected)
  })
})

describe('a policy', () => {
  const intl = embeddedPolicy('RS-INTL-1')
  const engine = cometbftPolicy()
  it('is read back, and hashed without a chain id', () => {
    for (const policy of [intl, embeddedPolicy('RS-GM-1'), engine]) {
      expect(parsePolicy(canonicalJson(policy))).toEqual(policy)
      expect(policyHash(policy)).toHaveLength(32)
    }
  })

  it.each<[string, Policy]>([
    ['witnesses out of order', { ...intl, witnesses: [...intl.witnesses].reverse() }],
    ['a threshold nobody can reach', { ...intl, threshold: 4 }],
    ['SM2 keys missing in RS-GM-1', { ...intl, suite: 'RS-GM-1' }],
    ['SM2 keys outside RS-GM-1', { ...embeddedPolicy('RS-GM-1'), suite: 'RS-INTL-1' }],
    [
      'one key twice',
      { ...intl, operator: { ...intl.operator, ed25519: intl.witnesses[0]!.ed25519 } },
    ],
    ['no validators', { ...engine, validators: [] }],
    [
      'a validator without power',
      { ...engine, validators: [{ ...engine.validators[0]!, power: 0 }] },
    ],
    [
      'a validator twice',
      { ...engine, validators: [engine.validators[0]!, engine.validators[0]!] },
    ],
  ])('is refused: %s', (_, policy) => {
    expect(() => parsePolicy(canonicalJson(policy))).toThrow()
  })
})

describe('a walk', () => {
  const first = embeddedPolicy('RS-INTL-1')
  const second = cometbftPolicy()
  const moved = new TinyLedger(first, [officer])
  const step = { signer: officer, action: 'cases.decideStep', input: {} }
  moved.changePolicy(second)
  moved.addBlock([step])
  const acts = moved.addBlock([step]).acts
  moved.addBlock([step])
  const before = moved.finality(2, first)
  const last = moved.finality(4, second)

  it('leads from the embedded engine to CometBFT', () => {
    expect(verifyWalk([before, last])).toMatchObject({
      firstPolicy: toHex(policyHash(first)),
      signers: {
        engine: 'cometbft',
        of: 4,
        validators: ['validator-0', 'validator-1', 'validator-2'],
      },
    })
  })

  it.each<[string, FinalityProof[], string]>([
    ['a policy that was not announced', [moved.finality(1, first), last], 'WALK_POLICY'],
    ['steps in the wrong order', [last, before], 'WALK_HEIGHT'],
    [
      'a tip of another chain',
      [before, { ...last, tip: { ...last.tip, chain: 'demo-00000000' } }],
      'WALK_CHAIN',
    ],
    [
      'a step that is not final',
      [{ ...before, proof: { ...before.proof, path: [] } as typeof before.proof }, last],
      'CHECKPOINT_ROOT',
    ],
    [
      'a last step with too little power',
      [before, { ...last, proof: engineCommit(second, headerHash(last.tip), 2) }],
      'COMMIT_POWER',
    ],
    ['a proof of the other engine', [before, { ...last, proof: before.proof }], 'ENGINE_OTHER'],
  ])('is refused: %s', (_, steps, fault) => {
    expect(verifyWalk(steps)).toMatchObject({ fault })
  })

  const parts = {
    kind: 'step' as const,
    acts,
    opened: [],
    records: [],
    registry: [...moved.blocks[0]!.writes, ...moved.blocks[1]!.writes],
    authorities: [toBase64Url(authority.der)],
    since: null,
    status: null,
  }

  it('is carried by an evidence file, whose reader pins the first policy', () => {
    const bytes = makeEvidence({ ...parts, finality: last, walk: [before] }, moved)
    const states = (policies: string[]): string[] =>
      verifyEvidence(bytes, { trusted: [{ chain: CHAIN, policies }] }).checks.map(
        ({ state }) => state,
      )
    const pinned = ['green', 'green', 'green', 'green', 'green', 'grey', 'grey']
    expect(states([toHex(policyHash(first))])).toEqual(pinned)
    expect(states([toHex(policyHash(second))])[2]).toBe('red')
  })

  it('is checked by the maker: parts that do not prove are no file', () => {
    const incomplete = [
      { ...parts, finality: last, walk: [moved.finality(1, first)] },
      { ...parts, registry: [], finality: last, walk: [before] },
      { ...parts, kind: 'line' as const, finality: last, walk: [before] },
    ]
    for (const wrong of incomplete) {
      expect(() => makeEvidence(wrong, moved)).toThrow(EvidenceIncomplete)
    }
  })
})
