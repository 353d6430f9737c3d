/**
 * Goal: every value that ledger-bytes publishes comes out of this room.
 * Method: recompute hashes, leaves, roots, paths, lines and proofs from the inputs in
 * vectors/ledger-bytes.json; a second implementation made them.
 */
import { readFileSync } from 'node:fs'
import {
  batchLeaf,
  canonicalJson,
  fromBase64Url,
  fromHex,
  type JsonObject,
  ledgerHash,
  publicKeyOfRaw,
  sectionCommitment,
  sha256,
  toHex,
  utf8,
  verify,
} from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import {
  checkpointNote,
  checkpointText,
  cosignatureMessage,
  makeOperatorLine,
  makeWitnessLine,
  openOperatorLine,
  openWitnessLine,
  parseCheckpoint,
} from './checkpoint.ts'
import { verifyCommit } from './cometbft.ts'
import { verifyFinality } from './finality.ts'
import {
  chainIdOf,
  genesisHash,
  type Header,
  headerBytes,
  headerHash,
  headerLeaf,
  parseHeader,
} from './header.ts'
import { LogFrontier } from './log-frontier.ts'
import { type EmbeddedPolicy, parsePolicy, policyHash } from './policy.ts'
import { type KeyPart, stateKey } from './state-key.ts'
import { proveAbsence, stateLeaf, valueHash, verifyAbsence, writeLeaf } from './state-tree.ts'
import {
  eventLeaf,
  parseBody,
  passkeyFingerprint,
  resultLeaf,
  type SignatureObject,
  type TransactionResult,
  transactionId,
  transactionLeaf,
} from './transaction.ts'
import { leafHash, merkleTree, treeRoot, verifyConsistency, verifyInclusion } from './tree.ts'

type Opening = {
  header: Parameters<typeof sectionCommitment>[0]['header']
  seed: string
  content: string
}
type Row = { leaf: Parameters<typeof batchLeaf>[0]; opening: Opening }
type Vectors = {
  tags: { H_tx_of_empty: string; emptyRoot: string }
  policy: { document: EmbeddedPolicy; hash: string }
  genesis: { document: JsonObject & { name: string }; bytes: number; hash: string; chain: string }
  transactions: {
    height: number
    body: string
    txId: string
    signature: string
    leaf: string
    result: TransactionResult
    resultLeaf: string
    events: JsonObject[]
  }[]
  signatures: { webauthn: { publicKey: string; signer: string } }
  keys: { collection: string; parts: KeyPart[]; key: string }[]
  blocks: {
    header: Header
    headerHash: string
    logLeaf: string
    writes: { collection: string; key: KeyPart[]; value: JsonObject | null; leaf: string }[]
  }[]
  snapshot: {
    height: number
    leaves: { key: string; valueHash: string; leaf: string }[]
    root: string
  }
  log: {
    size: number
    root: string
    inclusion2: string[]
    consistency: { from: number; to: number; path: string[] }[]
  }
  checkpoint: {
    text: string
    note: string
    cosignTime: number
    sm2OperatorLine: string
    sm2WitnessLine: string
    sm2Keys: { operator: string; 'csb-0001': string }
  }
  batch: { rows: Row[]; root: string; outcomes: JsonObject[]; outcomesRoot: string }
  subledger: { before: Row[]; after: Row[]; entries: Row[]; journal: JsonObject }
  package: { document: JsonObject; hash: string }
  evidence: { step: { bytes: number; sha256: string }; line: { bytes: number; sha256: string } }
}

const readVector = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../vectors/${name}`, import.meta.url)))
const vectors = JSON.parse(new TextDecoder().decode(readVector('ledger-bytes.json'))) as Vectors
const logLeaves = vectors.blocks.map(({ header }) => headerLeaf(header))

describe('ledger-bytes vectors: documents', () => {
  it('tags and the empty tree', () => {
    expect(toHex(ledgerHash('tx'))).toBe(vectors.tags.H_tx_of_empty)
    expect(toHex(treeRoot([]))).toBe(vectors.tags.emptyRoot)
  })

  it('policy, genesis, chain id, package', () => {
    const policy = parsePolicy(canonicalJson(vectors.policy.document))
    expect(toHex(policyHash(policy))).toBe(vectors.policy.hash)
    const document = canonicalJson(vectors.genesis.document)
    expect(document.length).toBe(vectors.genesis.bytes)
    expect(toHex(genesisHash(document))).toBe(vectors.genesis.hash)
    expect(chainIdOf(vectors.genesis.document.name, genesisHash(document))).toBe(
      vectors.genesis.chain,
    )
    const published = canonicalJson(vectors.package.document)
    expect(toHex(ledgerHash('package', published))).toBe(vectors.package.hash)
  })

  it('transactions, results and events', () => {
    for (const vector of vectors.transactions) {
      const body = utf8(vector.body)
      expect(parseBody(body).chain).toBe(vectors.genesis.chain)
      expect(toHex(transactionId(body))).toBe(vector.txId)
      const leaf = transactionLeaf(transactionId(body), utf8(vector.signature))
      expect(toHex(leaf)).toBe(vector.leaf)
      const parsed = JSON.parse(vector.signature) as SignatureObject
      expect(toHex(transactionLeaf(transactionId(body), parsed))).toBe(vector.leaf)
      expect(toHex(resultLeaf(vector.result))).toBe(vector.resultLeaf)
      const events = treeRoot(vector.events.map((event) => eventLeaf(event)))
      expect(vector.result.events).toEqual({ count: vector.events.length, root: toHex(events) })
    }
  })

  it('signer id of a passkey', () => {
    const prefix = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200')
    const spki = Uint8Array.of(...prefix, ...fromHex(vectors.signatures.webauthn.publicKey))
    expect(toHex(passkeyFingerprint(spki))).toBe(vectors.signatures.webauthn.signer)
  })
})

describe('ledger-bytes vectors: state', () => {
  it('keys, in the order of their bytes', () => {
    for (const { collection, parts, key } of vectors.keys) {
      expect(toHex(stateKey(collection, parts))).toBe(key)
    }
  })

  it('writes of every block', () => {
    for (const { header, writes } of vectors.blocks) {
      const leaves = writes.map(({ collection, key, value, leaf }) => {
        const computed = writeLeaf(stateKey(collection, key), valueHash(value))
        expect(toHex(computed)).toBe(leaf)
        return computed
      })
      expect(header.writeCount).toBe(leaves.length)
      expect(toHex(treeRoot(leaves))).toBe(header.writeRoot)
    }
  })

  it('snapshot root, and absence of every key that is not there', () => {
    const entries = vectors.snapshot.leaves.map((leaf) => ({
      key: fromHex(leaf.key),
      valueHash: fromHex(leaf.valueHash),
    }))
    const leaves = entries.map((entry) => stateLeaf(entry.key, entry.valueHash))
    expect(leaves.map(toHex)).toEqual(vectors.snapshot.leaves.map(({ leaf }) => leaf))
    const root = treeRoot(leaves)
    expect(toHex(root)).toBe(vectors.snapshot.root)
    const committed = { count: entries.length, root }
    const gaps = [new Uint8Array(0), ...entries.map(({ key }) => Uint8Array.of(...key, 0))]
    gaps.forEach((key, i) => {
      const proof = proveAbsence(entries, key)!
      expect(proof.index).toBe(i)
      expect(verifyAbsence({ ...proof, key, ...committed })).toBe(true)
      for (const { key: present } of entries) {
        expect(verifyAbsence({ ...proof, key: present, ...committed })).toBe(false)
      }
      expect(verifyAbsence({ ...proof, key, ...committed, root: leaves[0]! })).toBe(false)
      expect(verifyAbsence({ ...proof, key, ...committed, index: i + 1 })).toBe(false)
      expect(verifyAbsence({ ...proof, left: null, key, ...committed })).toBe(i === 0)
      expect(verifyAbsence({ ...proof, right: null, key, ...committed })).toBe(i === entries.length)
    })
    for (const { key } of entries) expect(proveAbsence(entries, key)).toBeNull()
  })
})

describe('ledger-bytes vectors: header log', () => {
  it('headers, hashes, leaves, logs and transaction roots', () => {
    vectors.blocks.forEach(({ header, headerHash: hash, logLeaf }, height) => {
      expect(parseHeader(headerBytes(header))).toEqual(header)
      expect(toHex(headerHash(header))).toBe(hash)
      expect(toHex(headerHash(headerBytes(header)))).toBe(hash)
      expect(toHex(headerLeaf(header))).toBe(logLeaf)
      expect(header.log).toBe(toHex(treeRoot(logLeaves.slice(0, height))))
      const own = vectors.transactions.filter((transaction) => transaction.height === height)
      expect(header.txRoot).toBe(toHex(treeRoot(own.map(({ leaf }) => fromHex(leaf)))))
      expect(header.resultRoot).toBe(toHex(treeRoot(own.map((one) => resultLeaf(one.result)))))
      expect(header.txCount).toBe(own.length)
    })
  })

  it('root, inclusion and consistency', () => {
    const tree = merkleTree(logLeaves)
    expect(toHex(tree.root)).toBe(vectors.log.root)
    const path = vectors.log.inclusion2.map(fromHex)
    expect(tree.inclusionPath(2)).toEqual(path)
    const proof = { leafHash: logLeaves[2]!, index: 2, size: 6, path, root: tree.root }
    expect(verifyInclusion(proof)).toBe(true)
    for (const { from, to, path: hashes } of vectors.log.consistency) {
      const grown = merkleTree(logLeaves.slice(0, to))
      expect(grown.consistencyPath(from).map(toHex)).toEqual(hashes)
      const consistency = {
        oldSize: from,
        oldRoot: treeRoot(logLeaves.slice(0, from)),
        newSize: to,
        newRoot: grown.root,
        path: hashes.map(fromHex),
      }
      expect(verifyConsistency(consistency)).toBe(true)
    }
    const frontier = new LogFrontier()
    for (const leaf of logLeaves) frontier.append(leaf)
    expect(toHex(frontier.root())).toBe(vectors.log.root)
  })
})

describe('ledger-bytes vectors: checkpoint', () => {
  const { checkpoint, log } = vectors
  const chain = vectors.genesis.chain
  const text = checkpointText(chain, { size: log.size, root: fromHex(log.root) })
  const parsed = parseCheckpoint(checkpoint.note)!

  it('text, key ids and lines of Ed25519', () => {
    expect(text).toBe(checkpoint.text)
    expect(parsed).toMatchObject({ size: log.size, text, origin: `renshe/${chain}` })
    const { operator, witnesses } = vectors.policy.document
    const [operatorValue, ...cosignatures] = parsed.lines.map(({ signature }) => signature)
    const lines = [
      makeOperatorLine({
        chain,
        text,
        algorithm: 'ed25519',
        publicKey: fromBase64Url(operator.ed25519),
        sign: () => operatorValue!,
      }),
      ...cosignatures.map((value, i) =>
        makeWitnessLine({
          chain,
          member: witnesses[i]!.member,
          text,
          time: checkpoint.cosignTime,
          algorithm: 'ed25519',
          publicKey: fromBase64Url(witnesses[i]!.ed25519),
          sign: (message) => {
            expect(message).toEqual(cosignatureMessage(text, checkpoint.cosignTime))
            return value.slice(8)
          },
        }),
      ),
    ]
    expect(checkpointNote(text, lines)).toBe(checkpoint.note)
  })

  it('finality of header 5', () => {
    const proof = { engine: 'embedded', checkpoint: checkpoint.note, path: [] as string[] } as const
    const tip = vectors.blocks[5]!.header
    const path = merkleTree(logLeaves).inclusionPath(5).map(toHex)
    const policy = vectors.policy.document
    expect(verifyFinality({ policy, proof: { ...proof, path }, tip })).toEqual({
      signers: {
        engine: 'embedded',
        operator: 'sia-3701',
        witnesses: [
          { member: 'csb-0001', time: checkpoint.cosignTime },
          { member: 'sia-3701', time: checkpoint.cosignTime },
        ],
        threshold: 2,
        of: 3,
      },
    })
    expect(verifyFinality({ policy, proof, tip })).toEqual({ fault: 'CHECKPOINT_ROOT' })
  })

  it('lines of SM2: key ids and signatures', () => {
    const note = checkpointNote(text, [checkpoint.sm2OperatorLine, checkpoint.sm2WitnessLine])
    const lines = parseCheckpoint(note)!.lines
    const operator = fromHex(checkpoint.sm2Keys.operator)
    const witness = fromHex(checkpoint.sm2Keys['csb-0001'])
    const remade = [
      makeOperatorLine({
        chain,
        text,
        algorithm: 'sm2',
        publicKey: operator,
        sign: () => lines[0]!.signature,
      }),
      makeWitnessLine({
        chain,
        member: 'csb-0001',
        text,
        time: checkpoint.cosignTime,
        algorithm: 'sm2',
        publicKey: witness,
        sign: () => lines[1]!.signature.slice(8),
      }),
    ]
    expect(remade).toEqual([checkpoint.sm2OperatorLine, checkpoint.sm2WitnessLine])
    const line = { chain, text, algorithm: 'sm2' } as const
    const opened = [
      {
        publicKey: operator,
        opened: openOperatorLine(lines[0]!, { ...line, publicKey: operator }),
      },
      {
        publicKey: witness,
        opened: openWitnessLine(lines[1]!, { ...line, publicKey: witness, member: 'csb-0001' }),
      },
    ]
    for (const { publicKey, opened: found } of opened) {
      const key = publicKeyOfRaw('sm2', publicKey)
      expect(verify(key, found!.message, found!.value)).toBe(true)
      expect(verify(key, Uint8Array.of(...found!.message, 0), found!.value)).toBe(false)
    }
  })
})

describe('ledger-bytes vectors: batch and sub-ledger', () => {
  const commitmentOf = ({ header, seed, content }: Opening): string =>
    sectionCommitment({ header, seed: fromHex(seed), content: fromBase64Url(content) }).commitment
  const rootOf = (label: 'batch' | 'entry' | 'balance', rows: readonly Row[]): string =>
    toHex(treeRoot(rows.map(({ leaf }) => leafHash(label, batchLeaf(leaf)))))

  it('rows, commitments and roots', () => {
    const { batch, subledger } = vectors
    for (const { leaf, opening } of [...batch.rows, ...subledger.after, ...subledger.entries]) {
      expect(commitmentOf(opening)).toBe(leaf.sections[0]!.commitment)
    }
    expect(rootOf('batch', batch.rows)).toBe(batch.root)
    const outcomes = batch.outcomes.map((leaf) => leafHash('outcome', canonicalJson(leaf)))
    expect(toHex(treeRoot(outcomes))).toBe(batch.outcomesRoot)
    expect(subledger.journal.subledger).toMatchObject({
      balances: { count: 3, root: rootOf('balance', subledger.after) },
      entries: { count: 2, root: rootOf('entry', subledger.entries) },
    })
  })

  it('evidence files are the published ones', () => {
    for (const name of ['step', 'line'] as const) {
      const file = readVector(`${name}.renshe.json`)
      expect(file.length).toBe(vectors.evidence[name].bytes)
      expect(toHex(sha256(file))).toBe(vectors.evidence[name].sha256)
    }
  })
})

describe('cometbft-commit-height5 vector', () => {
  it('verifies a real commit of CometBFT 0.38, and nothing that differs from it', () => {
    const { policy, proof, appHash } = realCommit()
    expect(verifyCommit(policy, proof, appHash)).toEqual({ signers: ['m-0', 'm-1', 'm-2', 'm-3'] })
    const { header, commit } = proof
    const [first, ...others] = commit.signatures
    const faults: [string, Parameters<typeof verifyCommit>][] = [
      ['COMMIT_SIGNATURE', [policy, proof, sha256()]],
      ['COMMIT_SIGNATURE', [policy, { ...proof, header: { ...header, height: 6 } }, appHash]],
      ['COMMIT_SIGNATURE', [policy, { ...proof, commit: { ...commit, round: 1 } }, appHash]],
      ['ENGINE_CHAIN', [{ ...policy, chain: 'spike-2' }, proof, appHash]],
      ['COMMIT_LENGTH', [policy, { ...proof, commit: { ...commit, signatures: others } }, appHash]],
      [
        'COMMIT_POWER',
        [
          policy,
          { ...proof, commit: { ...commit, signatures: [null, null, ...others.slice(1)] } },
          appHash,
        ],
      ],
      [
        'COMMIT_SIGNATURE',
        [
          policy,
          {
            ...proof,
            commit: { ...commit, signatures: [{ ...first!, time: { s: 1, n: 0 } }, ...others] },
          },
          appHash,
        ],
      ],
    ]
    for (const [fault, given] of faults) expect(verifyCommit(...given)).toEqual({ fault })
    // Three of four: 30 of 40 is more than two thirds.
    const three = { ...proof, commit: { ...commit, signatures: [null, ...others] } }
    expect(verifyCommit(policy, three, appHash)).toEqual({ signers: ['m-1', 'm-2', 'm-3'] })
  })
})

/** The engine's own JSON, rewritten into the members of an evidence file. */
function realCommit(): {
  policy: Parameters<typeof verifyCommit>[0]
  proof: Parameters<typeof verifyCommit>[1]
  appHash: Uint8Array
} {
  type EngineJson = {
    signed_header: {
      header: Record<string, string> & {
        version: { block: string; app: string }
        last_block_id: { hash: string; parts: { total: number; hash: string } }
      }
      commit: {
        round: number
        block_id: { parts: { total: number; hash: string } }
        signatures: { timestamp: string; signature: string }[]
      }
    }
    validators: { pub_key: { value: string }; voting_power: string }[]
  }
  const text = new TextDecoder().decode(readVector('cometbft-commit-height5.json'))
  const { signed_header: signed, validators } = JSON.parse(text) as EngineJson
  const { header, commit } = signed
  const low = (hash: string | undefined): string => (hash ?? '').toLowerCase()
  const url = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url')
  const time = (rfc3339: string): { s: number; n: number } => {
    const [seconds, fraction = '0Z'] = rfc3339.split('.')
    return { s: Date.parse(`${seconds}Z`) / 1000, n: Number(fraction.slice(0, -1).padEnd(9, '0')) }
  }
  const parts = ({
    total,
    hash,
  }: {
    total: number
    hash: string
  }): { total: number; hash: string } => ({
    total,
    hash: low(hash),
  })
  return {
    appHash: fromHex(low(header.app_hash)),
    policy: {
      v: 1,
      engine: 'cometbft',
      chain: header.chain_id!,
      validators: validators.map(({ pub_key, voting_power }, i) => ({
        key: url(pub_key.value),
        member: `m-${i}`,
        power: Number(voting_power),
      })),
    },
    proof: {
      engine: 'cometbft',
      header: {
        version: { block: Number(header.version.block), app: Number(header.version.app) },
        chain: header.chain_id!,
        height: Number(header.height),
        time: time(header.time!),
        lastBlock: {
          hash: low(header.last_block_id.hash),
          parts: parts(header.last_block_id.parts),
        },
        lastCommitHash: low(header.last_commit_hash),
        dataHash: low(header.data_hash),
        nextValidatorsHash: low(header.next_validators_hash),
        consensusHash: low(header.consensus_hash),
        lastResultsHash: low(header.last_results_hash),
        evidenceHash: low(header.evidence_hash),
        proposer: low(header.proposer_address),
      },
      commit: {
        round: commit.round,
        parts: parts(commit.block_id.parts),
        signatures: commit.signatures.map(({ timestamp, signature }) => ({
          time: time(timestamp),
          signature: url(signature),
        })),
      },
    },
  }
}
