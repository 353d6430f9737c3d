import { type Bytes, canonicalJson, type JsonObject, toBase64Url, toHex } from '@renshe/crypto'
import { checkpointNote, checkpointText } from './checkpoint.ts'
import type { EvidenceAct, EvidenceRecord } from './evidence-file.ts'
import type { EngineProof, FinalityProof } from './finality.ts'
import { type Header, headerHash, headerLeaf } from './header.ts'
import { evidenceAct, evidenceRecord, type LogReader } from './make-evidence.ts'
import { type Policy, policyHash } from './policy.ts'
import {
  authority,
  CHAIN,
  checkpointLines,
  engineCommit,
  fixed,
  GENESIS,
  MEMBER,
  period,
  type Signer,
  START,
} from './signers.fixture.ts'
import { type KeyPart, stateKey } from './state-key.ts'
import { type Absence, proveAbsence, stateLeaf, valueHash, writeLeaf } from './state-tree.ts'
import {
  resultLeaf,
  type SignatureObject,
  signedMessage,
  type TransactionResult,
  transactionId,
  transactionLeaf,
} from './transaction.ts'
import { EMPTY_ROOT, merkleTree, treeRoot } from './tree.ts'

type Transaction = {
  readonly signer: Signer
  readonly action: string
  readonly input: JsonObject
  /** What the contract wrote; null deletes. */
  readonly writes?: readonly Write[]
  readonly code?: string
}
type Write = {
  readonly collection: string
  readonly key: readonly KeyPart[]
  readonly value: JsonObject | null
}
type Block = {
  readonly header: Header
  readonly acts: readonly EvidenceAct[]
  readonly writes: readonly EvidenceRecord[]
}

/** A ledger of a few blocks, complete with proofs: what a node would hand to the maker of evidence. */
export class TinyLedger implements LogReader {
  readonly blocks: Block[] = []
  #state = new Map<string, { key: Bytes; valueHash: Bytes }>()
  #nonce = 0
  #policy: Policy

  /** Block 0 registers the CA, block 1 the signers. */
  constructor(policy: Policy, signers: readonly Signer[]) {
    this.#policy = policy
    const { fingerprint } = authority
    const ca = { v: 1, member: MEMBER, ...period, profile: 'member-ca', revokedAt: null }
    this.addBlock([], [{ collection: 'membership/authority', key: [fingerprint], value: ca }])
    const first = signers[0]!
    const writes = signers.map(({ id, record }) => ({
      collection: 'membership/certificate',
      key: [id],
      value: record,
    }))
    this.addBlock([{ signer: first, action: 'membership.presentCertificate', input: {}, writes }])
  }

  /** From the next block on, another policy finalises. */
  changePolicy(policy: Policy): void {
    this.#policy = policy
  }

  /** Adds a block; with a `ledger.checkpoint` in it, it carries the state before it. */
  addBlock(transactions: readonly Transaction[], founding: readonly Write[] = []): Block {
    const height = this.blocks.length
    const isCarrier = transactions.some(({ action }) => action === 'ledger.checkpoint')
    const snapshot = isCarrier ? this.#snapshot(height - 1) : null
    const signed = transactions.map((transaction) => this.#execute(transaction))
    const txTree = merkleTree(signed.map(({ leaf }) => leaf))
    const resultTree = merkleTree(signed.map(({ result }) => resultLeaf(result)))
    const writes = [...founding, ...transactions.flatMap((transaction) => transaction.writes ?? [])]
    const sorted = writes
      .map((write) => ({ ...write, bytes: stateKey(write.collection, write.key) }))
      .sort((a, b) => (toHex(a.bytes) < toHex(b.bytes) ? -1 : 1))
    const writeTree = merkleTree(
      sorted.map(({ bytes, value }) => writeLeaf(bytes, valueHash(value))),
    )
    for (const { bytes, value } of sorted) this.#write(bytes, value)
    const parent = this.blocks.at(-1)?.header
    const header: Header = {
      v: 1,
      protocol: 1,
      chain: CHAIN,
      height,
      time: START + height * 1000,
      parent: toHex(parent ? headerHash(parent) : GENESIS),
      log: toHex(treeRoot(this.#leaves(height))),
      txCount: signed.length,
      txRoot: toHex(txTree.root),
      resultRoot: toHex(resultTree.root),
      writeCount: sorted.length,
      writeRoot: toHex(writeTree.root),
      snapshot,
      finality: toHex(policyHash(this.#policy)),
    }
    const block: Block = {
      header,
      acts: signed.map(({ leaf: _, ...act }, index) =>
        evidenceAct({
          ...act,
          height,
          index,
          path: txTree.inclusionPath(index),
          resultPath: resultTree.inclusionPath(index),
        }),
      ),
      writes: sorted.map(({ bytes: _, ...write }, index) =>
        evidenceRecord({ ...write, height, index, path: writeTree.inclusionPath(index) }),
      ),
    }
    this.blocks.push(block)
    return block
  }

  #execute({ signer, action, input, code = 'OK' }: Transaction): {
    body: Bytes
    signature: SignatureObject
    certificate: Bytes
    result: TransactionResult
    leaf: Bytes
  } {
    const nonce = toBase64Url(fixed(`nonce ${this.#nonce++}`, 16))
    const expiresAt = START + 7_200_000
    const body = canonicalJson({
      v: 1,
      chain: CHAIN,
      action,
      input,
      signer: signer.id,
      nonce,
      expiresAt,
    })
    const txId = transactionId(body)
    const signature = signer.sign(txId, signedMessage(body))
    const result: TransactionResult = {
      v: 1,
      tx: toHex(txId),
      code,
      data: {},
      signer: { certificate: signer.id, ...signer.resolved },
      events: { count: 0, root: toHex(EMPTY_ROOT) },
    }
    const leaf = transactionLeaf(txId, signature)
    return { body, signature, certificate: signer.certificate, result, leaf }
  }

  #write(key: Bytes, value: JsonObject | null): void {
    if (value === null) this.#state.delete(toHex(key))
    else this.#state.set(toHex(key), { key, valueHash: valueHash(value) })
  }

  #entries(): { key: Bytes; valueHash: Bytes }[] {
    return [...this.#state.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
  }

  #snapshot(height: number): NonNullable<Header['snapshot']> {
    const leaves = this.#entries().map((entry) => stateLeaf(entry.key, entry.valueHash))
    return { height, count: leaves.length, root: toHex(treeRoot(leaves)) }
  }

  #leaves(size: number): Bytes[] {
    return this.blocks.slice(0, size).map(({ header }) => headerLeaf(header))
  }

  /** The header at a height. */
  header(height: number): Header {
    return this.blocks[height]!.header
  }

  /** Nodes of the header log. */
  node = (level: number, index: number): Bytes =>
    merkleTree(this.#leaves(this.blocks.length)).node(level, index)

  /** Finality of the block at this height under a policy, by everyone who can sign. */
  finality(height: number, policy: Policy = this.#policy): FinalityProof {
    const tip = this.header(height)
    return { policy, proof: this.#proof(policy, tip), tip }
  }

  #proof(policy: Policy, tip: Header): EngineProof {
    if (policy.engine === 'cometbft') return engineCommit(policy, headerHash(tip), 3)
    const tree = merkleTree(this.#leaves(tip.height + 1))
    const text = checkpointText(CHAIN, { size: tree.size, root: tree.root })
    return {
      engine: 'embedded',
      checkpoint: checkpointNote(text, checkpointLines(policy, text, 2)),
      path: tree.inclusionPath(tip.height).map(toHex),
    }
  }

  /** Absence of an amendment at the state that the newest block carries, asked right after it. */
  status(subject: string): Absence & { readonly carrier: number } {
    const key = stateKey('ledger/amendment', [subject])
    return { ...proveAbsence(this.#entries(), key)!, carrier: this.blocks.length - 1 }
  }
}
