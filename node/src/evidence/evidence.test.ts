// Goal: evidence of an act leaves the node only when all its checks hold, and all seven are green for a
// reader who saved an older head and reads after a snapshot.
// Method: a case decided on a real chain; the file is made, saved, verified by proof and then changed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageBytes, packageHash } from '@renshe/contracts'
import { toBase64Url, toHex } from '@renshe/crypto'
import { rootFrom, verifyEvidence } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundConsortium } from '../found/found-consortium.ts'
import { libraryTerms } from '../found/library-consortium.fixture.ts'
import { type Host, openHost } from '../host.ts'
import { CLUB_RULES } from '../testing/club-packages.fixture.ts'
import { makeRuleEvidence } from './rule-evidence.ts'
import { pinOf, saveEvidence } from './save-evidence.ts'
import { makeStepEvidence } from './step-evidence.ts'

let folder = ''
let host: Host

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-evidence-'))
  await foundConsortium(libraryTerms(folder))
  host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
})

afterAll(async () => {
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function decide(): Promise<string> {
  const fields = { number: 'C-1', kind: 'CHILD', branch: 'city-library' }
  const input = { service: 'library-card', fields }
  const { data } = await host.member('school').act('cases.openCase', input, { officer: 's-1' })
  const decided = await host.member('city-library').act(
    'cases.actOnStep',
    {
      case: data.case as string,
      step: 'decide',
      outcome: 'granted',
      fields: { deposit: '20.00' },
    },
    { officer: 'l-1' },
  )
  return decided.txId
}

describe('evidence of a step', () => {
  it('is green in all seven checks for a reader with an older head', async () => {
    const { copy } = host.member('overseer').ledger
    const since = copy.height + 1
    const root = toHex(rootFrom((level, index) => copy.store.node(level, index), since))
    const txId = await decide()
    await host.snapshot()
    const made = makeStepEvidence(copy, txId, null, since)
    const saved = saveEvidence(
      made,
      { folder: join(folder, 'out'), name: 'step' },
      { genesis: host.report.genesis, madeAt: host.clock.now() },
    )
    const bytes = new Uint8Array(readFileSync(saved.file))
    const reader = {
      trusted: [pinOf(host.report.genesis)],
      savedHeads: [{ chain: host.chain, size: since, root }],
    }
    const { checks } = verifyEvidence(bytes, reader)
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual(
      ['content', 'signature', 'finality', 'inclusion', 'authority', 'consistency', 'status'].map(
        (name) => `${name} green`,
      ),
    )
    expect(readFileSync(saved.page, 'utf8')).toContain(host.chain)

    const changed = Uint8Array.from(bytes)
    const at = Buffer.from(bytes).indexOf('"txId":"') + 10
    changed[at] = changed[at] === 0x30 ? 0x31 : 0x30
    expect(verifyEvidence(changed, reader).checks.some(({ state }) => state === 'red')).toBe(true)
  })

  it('says of what is not on chain that it is not', () => {
    const { copy } = host.member('overseer').ledger
    expect(() => makeStepEvidence(copy, '0'.repeat(64))).toThrow('ACT_UNKNOWN')
  })
})

/** A library package goes through the vote; gives its hash. */
async function publish(): Promise<string> {
  const bytes = packageBytes({ ...CLUB_RULES, effectiveFrom: '2026-09-30' })
  const hash = packageHash(bytes)
  const library = host.member('city-library')
  await library.act('catalogue.putPart', { part: hash, bytes: toBase64Url(bytes) })
  const { data } = await library.act('catalogue.proposePackage', {
    package: hash,
    size: bytes.length,
    parts: [hash],
  })
  for (const id of ['city-library', 'county-library', 'overseer']) {
    const vote = { proposal: data.proposal as string, choice: 'FOR' }
    await host.member(id).tryAct('governance.castVote', vote)
  }
  await library.tryAct('governance.enactProposal', { proposal: data.proposal as string })
  return hash
}

describe('evidence of a rule', () => {
  it('opens the document of a published package, seven checks green', async () => {
    const { copy } = host.member('overseer').ledger
    const since = copy.height + 1
    const root = toHex(rootFrom((level, index) => copy.store.node(level, index), since))
    const hash = await publish()
    await host.snapshot()
    const made = makeRuleEvidence(host.member('overseer'), hash, since)
    const reader = {
      trusted: [pinOf(host.report.genesis)],
      savedHeads: [{ chain: host.chain, size: since, root }],
    }
    const { checks } = verifyEvidence(made.bytes, reader)
    expect(checks.filter(({ state }) => state !== 'green')).toEqual([])
    expect(checks).toHaveLength(7)
  })

  it('refuses a package that the genesis document brought', () => {
    const hash = host.report.genesis.packages[0]?.hash ?? ''
    expect(() => makeRuleEvidence(host.member('overseer'), hash)).toThrow('PACKAGE_FOUNDED')
    expect(() => makeRuleEvidence(host.member('overseer'), '1'.repeat(64))).toThrow(
      'PACKAGE_UNKNOWN',
    )
  })
})
