/**
 * Goal: executing the published transactions gives the published results, writes, headers, snapshot,
 * header log and block log, byte for byte (ledger-bytes section 17).
 * Method: a contract that does what the vectors' actions did, on a real ledger in a folder.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  canonicalJson,
  canonicalText,
  fromBase64Url,
  fromUtf8,
  importPublicKey,
  type JsonObject,
  parseCertificate,
  toBase64Url,
  toHex,
  utf8,
} from '@renshe/crypto'
import {
  type Action,
  action,
  authorities,
  type Context,
  type Contracts,
  certificates,
  collection,
  encodeKey,
  frameBundle,
  frameTransaction,
  keyTextOf,
} from '@renshe/kernel'
import { consistencyPathFrom, inclusionPathFrom, rootFrom } from '@renshe/proof'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenLedger, openLedger } from './open-ledger.ts'

interface BlockVector {
  readonly header: JsonObject & { height: number; time: number }
  readonly headerHash: string
  readonly logLeaf: string
  readonly writes: { collection: string; key: (string | number)[]; value: JsonObject | null }[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
) as {
  genesis: { document: JsonObject; chain: string; hash: string; signatures: JsonObject[] }
  transactions: {
    height: number
    body: string
    signature: string
    result: JsonObject
    events: JsonObject[]
  }[]
  blocks: BlockVector[]
  snapshot: { height: number; root: string; leaves: { key: string; valueHash: string }[] }
  log: {
    size: number
    root: string
    inclusion2: string[]
    consistency: { from: number; to: number; path: string[] }[]
  }
  blockLog: {
    segmentHead: string
    block2: { blockSha256: string; bytes: number; recordHead: string }
  }
}

const Stored = Type.Object({ v: Type.Literal(1) }, { additionalProperties: true })
const Anything = Type.Object({}, { additionalProperties: true })
const cases = collection('cases/case', { key: Type.String(), value: Stored })
const drafts = collection('cases/draft', {
  key: Type.Tuple([Type.String(), Type.Integer()]),
  value: Stored,
})
const journals = collection('funds/journal', { key: Type.String(), value: Stored })

/** The value that a block of the vectors gives a key. */
function published(height: number, name: string, index: number): { v: 1 } {
  const writes = vectors.blocks[height]!.writes.filter(({ collection: c }) => c === name)
  return writes[index]!.value as { v: 1 }
}

function certificateRecord(der: string, kind: 'officer' | 'system', authority: string) {
  const { fingerprint, member, notBefore, notAfter, publicKey, subject } = parseCertificate(
    fromBase64Url(der),
  )
  const value = {
    v: 1 as const,
    issuer: authority,
    kind,
    member: member ?? '',
    name: subject.name,
    notAfter,
    notBefore,
    revokedAt: null,
    spki: toBase64Url(publicKey.spki),
  }
  return { fingerprint, value }
}

const presentCertificate = action({
  name: 'membership.presentCertificate',
  summary: 'Registers a key certificate.',
  input: Type.Object({ der: Type.String() }),
  run(ctx: Context, { der }) {
    const [[authority]] = [
      ...ctx.state(authorities).index('byMember', { prefix: ['sia-3701'] }),
    ] as [[string, unknown]]
    const { fingerprint, value } = certificateRecord(der, 'officer', authority)
    ctx.state(certificates).put(fingerprint, value)
    return { certificate: fingerprint }
  },
})

const decideStep = action({
  name: 'cases.decideStep',
  summary: 'Decides a step of a case.',
  input: Type.Object({
    batch: Anything,
    case: Type.String(),
    fields: Anything,
    outcome: Type.String(),
    step: Type.String(),
  }),
  run(ctx: Context, { case: caseId, outcome, step }) {
    const decided = ctx.state(cases).find(caseId)
    if (decided !== undefined) ctx.refuse({ code: 'STEP_ALREADY_DECIDED', stepId: step })
    ctx.state(cases).put(caseId, published(2, 'cases/case', 0))
    ctx.state(drafts).put([caseId, 1], { v: 1 })
    ctx.state(drafts).delete([caseId, 1])
    const { id: opening } = published(2, 'funds/journal', 1) as unknown as { id: string }
    ctx.state(journals).put(opening, published(2, 'funds/journal', 1))
    ctx.state(journals).put(ctx.newId('journal'), published(2, 'funds/journal', 0))
    ctx.emit('StepDecided', { case: caseId, outcome, step })
    return { outcome, step }
  },
})

const contracts: Contracts = {
  protocol: 1,
  actions: new Map<string, Action<never>>([
    [presentCertificate.name, presentCertificate],
    [decideStep.name, decideStep],
  ]),
  queries: new Map(),
  collections: [authorities, certificates, cases, drafts, journals],
  found(ctx, genesis) {
    for (const member of genesis.members as JsonObject[]) {
      const [authority] = member.authorities as { der: string; profile: 'member-ca' }[]
      const ca = parseCertificate(fromBase64Url(authority!.der))
      ctx.state(authorities).put(ca.fingerprint, {
        v: 1,
        member: member.id as string,
        notAfter: ca.notAfter,
        notBefore: ca.notBefore,
        profile: authority!.profile,
        revokedAt: null,
      })
      for (const { der } of member.certificates as { der: string }[]) {
        const { fingerprint, value } = certificateRecord(der, 'system', ca.fingerprint)
        ctx.state(certificates).put(fingerprint, value)
      }
    }
  },
  resolveSigner(view, fingerprint) {
    const found = view.state(certificates).find(fingerprint)
    if (found === undefined) return { ok: false, code: 'SIGNER_UNKNOWN' }
    const { kind, member, name, spki } = found
    const isOfficer = kind === 'officer'
    const roles = isOfficer ? ['contribution.reviewer'] : []
    const unit = isOfficer ? 'contribution' : null
    return {
      ok: true,
      signer: { certificate: fingerprint, kind, member, name, roles, unit },
      key: { spki, publicKey: importPublicKey(fromBase64Url(spki)) },
    }
  },
  parameters: () => ({
    horizonMs: 86_400_000,
    snapshotEvery: 1024,
    snapshotDelay: 2,
    suites: ['RS-INTL-1'],
  }),
  policy: () => vectors.genesis.document.finality as JsonObject,
  protocolFor: () => 1,
}

describe('the published chain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-vectors-'))
  let open: OpenLedger
  const signatures = vectors.genesis.signatures
  const genesisFile = canonicalJson({ document: vectors.genesis.document, signatures })
  const settings = { folder, contracts: new Map([[1, contracts]]), genesisFile }

  beforeAll(async () => {
    open = await openLedger(settings)
    for (const { header } of vectors.blocks.slice(1)) {
      const frames = vectors.transactions
        .filter(({ height }) => height === header.height)
        .map(({ body, signature }) => frameTransaction(utf8(body), utf8(signature)))
      const executed = open.ledger.execute({
        engineHeight: BigInt(header.height),
        timeMs: header.time,
        bundles: [frameBundle(frames)],
        misbehaviour: [],
      })
      expect(executed.admissions[0]!.map(({ code }) => code)).toEqual(frames.map(() => 'OK'))
      await open.ledger.commit()
    }
  })
  afterAll(async () => {
    await open.close()
    rmSync(folder, { recursive: true })
  })

  it('has its id', () => expect(open.ledger.chain).toBe(vectors.genesis.chain))

  it.each(vectors.blocks.map((block) => [block.header.height, block] as const))(
    'block %i',
    (height, block) => {
      expect(open.ledger.store.writes(height).map(({ key, text }) => [key, text])).toEqual(
        block.writes.map(({ collection: name, key, value }) => [
          encodeKey(name, key),
          value && canonicalText(value),
        ]),
      )
      expect(open.ledger.store.header(height)).toEqual(block.header)
      expect(fromUtf8(open.ledger.store.headerBytes(height)!)).toBe(canonicalText(block.header))
      expect(toHex(open.ledger.store.node(0, height))).toBe(block.logLeaf)
      const ours = vectors.transactions.filter((transaction) => transaction.height === height)
      expect(
        open.ledger.store.results(height).map(({ result, events }) => ({
          result: fromUtf8(result),
          events: events.map((event) => fromUtf8(event)),
        })),
      ).toEqual(
        ours.map(({ result, events }) => ({
          result: canonicalText(result),
          events: events.map((event) => canonicalText(event)),
        })),
      )
    },
  )

  it('the snapshot at height 3', () => {
    const { height, root, leaves } = vectors.snapshot
    expect(open.ledger.store.header(5)!.snapshot).toEqual({ height, root, count: leaves.length })
    const { tree, carrier } = open.ledger.snapshots.newest!
    expect(carrier).toBe(5)
    for (const [index, leaf] of leaves.entries()) {
      const presence = tree.presence(keyTextOf(Buffer.from(leaf.key, 'hex')))!
      expect([presence.index, toHex(presence.valueHash)]).toEqual([index, leaf.valueHash])
    }
  })

  it('the header log', () => {
    const { size, root, inclusion2, consistency } = vectors.log
    const node = (level: number, index: number) => open.ledger.store.node(level, index)
    expect(toHex(rootFrom(node, size))).toBe(root)
    expect(toHex(open.ledger.frontier.root())).toBe(root)
    expect(inclusionPathFrom(node, 2, size).map(toHex)).toEqual(inclusion2)
    for (const { from, to, path } of consistency) {
      expect(consistencyPathFrom(node, from, to).map(toHex)).toEqual(path)
    }
  })

  it('the block log', () => {
    const segment = readFileSync(join(folder, 'log', '000000000000.rsl'))
    const { segmentHead, block2 } = vectors.blockLog
    expect(segment.subarray(0, 52).toString('hex')).toBe(segmentHead)
    const at = segment.indexOf(Buffer.from(block2.recordHead, 'hex'))
    expect(at).toBeGreaterThan(52)
    const payload = segment.subarray(at + 9, at + 9 + block2.bytes)
    expect(createHash('sha256').update(payload).digest('hex')).toBe(block2.blockSha256)
  })

  it('comes out again from the log alone', async () => {
    const before = open.ledger.info()
    await open.close()
    rmSync(join(folder, 'state'), { recursive: true })
    open = await openLedger({ ...settings, verifiesSignatures: true })
    expect(open.ledger.info()).toEqual(before)
    expect(open.report.replayed).toBe(6)
  })
})
