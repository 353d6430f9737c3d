/* A published catalogue with sections of every level and sharing attribute, and grants by act over it. */
import { testSigner } from '@renshe/kernel/testing'
import { cases } from '../cases/records.ts'
import { sectionEntries } from '../catalogue/records.ts'
import { changed, FINES, READING_ROOM } from '../catalogue/testing.ts'
import { noticeHash } from './issue-entry.ts'
import type { IssueInput } from './issue-input.ts'
import type { PanelTerms } from './panel-records.ts'
import { registerSections } from './sections.ts'
import { accessWorld, commitment } from './testing.ts'

const FIELDS = { base: { type: 'money' }, months: { type: 'integer' }, words: { type: 'text' } }
const section = (more: object) => ({
  level: 2,
  owner: 'library',
  readers: ['school'],
  fields: FIELDS,
  sharing: 'CONDITIONAL',
  use: 'VIEW',
  purpose: 'CARD',
  ...more,
})

/** The words that people of the reading room read before they consent. */
export const NOTICE = {
  zh: '同意借阅室查看您的申请理由。',
  en: 'The reading room looks at your reason.',
}

/** The reading room with sections of every kind, and a notice for two purposes. */
export const CATALOGUE = changed(READING_ROOM, {
  '/service/sections/reason': section({}),
  '/service/sections/open': section({ sharing: 'UNCONDITIONAL' }),
  '/service/sections/closed': section({
    sharing: 'NOT_SHARED',
    readers: [],
    clause: 'library-statute/7',
  }),
  '/service/sections/released': section({ level: 3, readers: [] }),
  '/service/sections/lawful': section({ level: 3, readers: [], clause: 'library-statute/7' }),
  '/service/sections/vote': section({ level: 4 }),
  '/texts/zh/consent.CARD': NOTICE.zh,
  '/texts/en/consent.CARD': NOTICE.en,
  '/texts/zh/consent.LOAN': `${NOTICE.zh}2`,
  '/texts/en/consent.LOAN': `${NOTICE.en} 2`,
})

/** A case of the reading room that runs, with the reader in it. */
export const RUNNING = '01ARZ3NDEKTSV4RRFFQ69G5FB1'
/** A record of the owner with all sections of the catalogue; `RECORD` has other ones. */
export const SEALED = 'b2'.repeat(16)
/** Reference of a person, drawn for a grant. */
export const SUBJECT = 'c3'.repeat(16)

/** A world with the catalogue published, everything sealed, and inputs of every kind of grant. */
export function issuingWorld(
  parameters: readonly { readonly name: string; readonly value: number }[] = [],
) {
  const given = accessWorld(parameters, [FINES, CATALOGUE])
  const { world, made } = given
  const entryOf = new Map<string, string>()
  let packageHash = ''
  for (const [hash, entry] of world.state(sectionEntries).range()) {
    entryOf.set(entry.section, hash)
    packageHash = entry.package
  }
  const entry = (name: string) => entryOf.get(name) as string
  world.seed(cases, RUNNING, caseOf(packageHash, world.time))
  const panel = panelOf(made)
  given.does((ctx) => {
    const names = ['closed', 'lawful', 'open', 'reason', 'released', 'vote']
    registerSections(ctx, {
      record: SEALED,
      owner: 'owner',
      entry: entry('reason'),
      caseId: RUNNING,
      sections: names.map((name, at) => ({
        name,
        level: name === 'vote' ? 4 : name === 'lawful' || name === 'released' ? 3 : 2,
        commitment: commitment(300 + at),
        entry: entry(name),
        ...(name === 'vote' ? { panel } : {}),
      })),
    })
  })
  const end = world.time + 30 * 86_400_000
  const base: IssueInput = {
    kind: 'STATUTE',
    owner: 'owner',
    entry: entry('reason'),
    sections: ['reason'],
    scope: 'CLASS',
    holder: { member: 'reader' },
    assertedBy: 'MEMBER',
    purpose: { code: 'CARD' },
    basis: [{ clause: 'library-statute/7' }],
    use: 'VIEW',
    notAfter: end,
  }
  const notice = {
    hash: noticeHash('zh', NOTICE.zh),
    language: 'zh' as const,
    version: packageHash,
  }
  const consent: IssueInput = {
    ...base,
    kind: 'CONSENT',
    scope: 'SUBJECT',
    subject: SUBJECT,
    assertedBy: 'SUBJECT',
    basis: [],
    quota: { reads: 5 },
    notice,
  }
  const emergency: IssueInput = {
    ...base,
    kind: 'EMERGENCY',
    scope: 'SUBJECT',
    subject: SUBJECT,
    quota: { reads: 2 },
    notAfter: world.time + 3_600_000,
  }
  const own: IssueInput = { ...base, kind: 'OWN', scope: 'CASE', case: RUNNING }
  return {
    ...given,
    entry,
    packageHash,
    panel,
    statute: base,
    consent,
    emergency,
    own: { ...own, holder: { member: 'owner' } },
    contract: { ...own, kind: 'CONTRACT' as const },
    owner: made.signer('owner'),
    system: made.signer('reader'),
    person: testSigner({ member: 'owner', kind: 'subject', name: 'p-1' }),
    issues: (signer: Parameters<typeof world.does>[0], input: IssueInput) =>
      (world.does(signer, 'access.issueGrant', input) as { grant: string }).grant,
    item: (name: string) => ({ record: SEALED, version: 1, section: name }),
  }
}

function caseOf(packageHash: string, at: number) {
  return {
    v: 1 as const,
    id: RUNNING,
    service: 'reading-room',
    package: packageHash,
    lawDate: '2026-09-01',
    region: '000000',
    lock: { rules: {}, packages: {} },
    status: 'OPEN',
    opener: { member: 'reader', name: '0417', txId: commitment(9), at },
    openedAt: at,
    endedAt: null,
    parent: null,
    children: {},
    parties: { school: 'reader', library: 'owner' },
    references: {},
    values: {},
    batches: {},
    sealed: {},
    expectations: {},
    payments: {},
    unique: null,
    notices: [],
    steps: 0,
    done: 0,
  }
}

/** Two of three releasers: one of each member. */
function panelOf(made: ReturnType<typeof accessWorld>['made']): PanelTerms {
  return {
    need: 2,
    shares: ['owner', 'reader', 'successor'].map((member, at) => ({
      member,
      name: member === 'successor' ? 'application 1' : null,
      holderKey: made.holderKey(member),
      commitment: commitment(400 + at),
    })),
  }
}
