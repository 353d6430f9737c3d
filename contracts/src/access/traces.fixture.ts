// budget: one player of traces, each verb beside the others, as a trace mixes them.
/*
 * Random traces of grant, delegate, revoke, suspend, read, agree, erase, restrict, seal anew, hand over and
 * passing time, played against the contracts and against the model of `access-model.fixture.ts`.
 */

import type { Signer } from '@renshe/kernel'
import fc from 'fast-check'
import { cases } from '../cases/records.ts'
import {
  AccessModel,
  MODEL_FIELDS,
  MODEL_KINDS,
  MODEL_SECTIONS,
  type ModelGrant,
  type ModelKind,
  type ModelRecord,
  type ModelTerms,
} from './access-model.fixture.ts'
import { checkRelease } from './check-release.ts'
import { makeGrant } from './grants.ts'
import type { IssueInput } from './issue-input.ts'
import { issuingWorld, RUNNING, SUBJECT } from './issuing-world.fixture.ts'
import { grants } from './records.ts'
import { registerSections } from './sections.ts'
import { commitment, readSections } from './testing.ts'

const DAY_MS = 86_400_000
/** A case that ended so long ago that no retention runs over what it sealed. */
const ENDED = '01ARZ3NDEKTSV4RRFFQ69G5FB2'

/** One move: what is done, and numbers that choose with whom and with what. */
export interface Move {
  readonly verb: (typeof VERBS)[number]
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

const VERBS = [
  'issue',
  'issue',
  'delegate',
  'read',
  'read',
  'read',
  'agree',
  'revoke',
  'suspend',
  'lift',
  'withdraw',
  'erase',
  'restrict',
  'reseal',
  'hand-over',
  'wait',
] as const

/**
 * Traces of up to `most` moves.
 *
 * @param size  how often they are long: `max` fills them, which takes twice the time
 */
export function traces(most: number, size: 'small' | 'max' = 'small'): fc.Arbitrary<Move[]> {
  const choice = fc.nat({ max: 255 })
  const move = fc.record({
    verb: fc.constantFrom(...VERBS),
    a: choice,
    b: choice,
    c: choice,
    d: choice,
  })
  return fc.array(move, { minLength: 3, maxLength: most, size })
}

type World = ReturnType<typeof openTraces>

/** A world in which traces are played one after the other, each with records of its own. */
export function openTraces() {
  const given = issuingWorld([
    { name: 'access.officerReadsPerDay', value: 1_000_000 },
    { name: 'access.subjectsPerDay', value: 400 },
  ])
  const { world, made } = given
  const ended = { ...world.state(cases).get(RUNNING), id: ENDED, status: 'GRANTED' }
  world.seed(cases, ENDED, { ...ended, endedAt: world.time - 4 * 366 * DAY_MS })
  const signers: Readonly<Record<string, Signer>> = {
    owner: made.signer('owner'),
    reader: given.reader,
    successor: made.signer('successor'),
  }
  return {
    ...given,
    signers,
    steward: given.system,
    colleague: { ...made.signer('reader', '0418'), roles: ['clerk'] },
    keys: new Map(['owner', 'reader', 'successor'].map((id) => [id, made.holderKey(id)])),
    drawn: 0,
  }
}

/** Plays one trace; throws where contract and model disagree, or an invariant does not hold. */
export function playTrace(world: World, moves: readonly Move[]): void {
  const play = new Play(world)
  for (const move of moves) {
    play.play(move)
    play.compareReleases()
  }
  play.compareRights()
}

const same = (what: string, said: unknown, expected: unknown): void => {
  if (said !== expected) throw new Error(`${what}: contract ${said}, model ${expected}`)
}

class Play {
  readonly #given: World
  readonly #model = new AccessModel()
  /** Grants that were revoked once: they never open again. */
  readonly #revoked = new Set<string>()

  constructor(given: World) {
    this.#given = given
    for (const isOld of [true, true, false]) this.#seal('owner', isOld, MODEL_SECTIONS)
  }

  /** Time of the next transaction: each is a block, a second later. */
  get #next(): number {
    return this.#given.world.time + 1_000
  }

  #seal(owner: string, isOld: boolean, names: readonly string[]): ModelRecord {
    const given = this.#given
    given.drawn += 1
    const id = `d1${given.drawn.toString(16).padStart(30, '0')}`
    given.does((ctx) => {
      registerSections(ctx, {
        record: id,
        owner,
        entry: given.entry('reason'),
        caseId: isOld ? ENDED : RUNNING,
        sections: names.map((name) => this.#sealed(name)),
      })
    })
    return this.#know(id, owner, isOld, names)
  }

  #sealed(name: string) {
    const { entry } = this.#given
    return { name, level: levelOf(name), commitment: this.#fresh(), entry: entry(name) }
  }

  #know(id: string, owner: string, isOld: boolean, names: readonly string[]): ModelRecord {
    const versions = new Map(names.map((name) => [name, 1]))
    const record: ModelRecord = { id, owner, isOld, versions, state: 'LIVE' }
    this.#model.records.push(record)
    return record
  }

  #fresh(): string {
    this.#given.drawn += 1
    return commitment(1_000_000 + this.#given.drawn)
  }

  play(move: Move): void {
    const { verb, a, d } = move
    const grant = pick(this.#model.grants, a)
    const record = pick(this.#model.records, a) as ModelRecord
    if (verb === 'wait') {
      this.#given.world.advance([60_000, 700_000, DAY_MS, 3 * DAY_MS][d % 4] as number)
    } else if (verb === 'issue') this.#issue(move)
    else if (verb === 'agree') this.#agree(move)
    else if (verb === 'erase' || verb === 'restrict') this.#erase(verb, record)
    else if (verb === 'reseal') this.#reseal(record, move)
    else if (verb === 'hand-over') this.#handOver(record)
    else if (grant === undefined) return
    else if (verb === 'delegate') this.#delegate(grant, move)
    else if (verb === 'read') this.#read(grant, move)
    else this.#change(verb, grant)
  }

  #terms({ b, c, d }: Move): ModelTerms {
    const sections = MODEL_SECTIONS.filter((_, at) => ((b >> at) & 1) === 1)
    const ids = this.#model.records.filter(({ owner }) => owner === 'owner').map(({ id }) => id)
    return {
      sections: sections.length === 0 ? ['reason'] : sections,
      fields: (b & 24) === 24 ? some(MODEL_FIELDS, c) : null,
      records: (c & 3) === 3 ? some(ids, d) : null,
      quota: (d & 1) === 1 ? 1 + (c % 4) : null,
      until: this.#next + (1 + (d % 5)) * DAY_MS - (c === 7 ? 9 * DAY_MS : 0),
      use: (b & 96) === 96 ? 'STORE' : 'VIEW',
    }
  }

  #issue(move: Move): void {
    const kind = MODEL_KINDS[move.a % 4] as ModelKind
    const terms = this.#terms(move)
    if (kind === 'PACKAGE') {
      this.#givePackage()
      return
    }
    const second = kind === 'STATUTE' && (move.a & 16) === 16
    const holder = kind === 'OWN' ? 'owner' : 'reader'
    const input = this.#input(kind, terms, holder, second)
    const signer = kind === 'CONSENT' ? this.#given.person : this.#given.owner
    const may = this.#model.mayIssue(kind, terms, this.#next)
    const outcome = this.#given.world.run(signer, 'access.issueGrant', input)
    same(`issue ${kind} ${JSON.stringify(terms)} ${outcome.code}`, outcome.code === 'OK', may)
    // 不予共享 is refused for every kind but one's own.
    if (terms.sections.includes('closed') && kind !== 'OWN')
      same('closed', outcome.code === 'OK', false)
    if (!may) return
    const { grant: id } = outcome.data as { grant: string }
    this.#add({ ...terms, id, kind, owner: 'owner', holder, parent: null, second, depth: 0 })
  }

  #add(grant: Omit<ModelGrant, 'endedAt' | 'used' | 'isSuspended' | 'isRevoked'>): void {
    const fresh = { endedAt: null, used: 0, isSuspended: false, isRevoked: false }
    this.#model.grants.push({ ...grant, ...fresh })
  }

  #input(kind: ModelKind, terms: ModelTerms, holder: string, second: boolean): IssueInput {
    const { statute, consent, own, entry } = this.#given
    const base = kind === 'CONSENT' ? consent : kind === 'OWN' ? { ...own, case: ENDED } : statute
    const { quota: _quota, ...rest } = base
    const [first = 'reason'] = terms.sections
    return {
      ...rest,
      entry: entry(first),
      sections: [...terms.sections],
      holder: { member: holder },
      use: terms.use,
      retention: { amount: 1, unit: 'years' },
      notAfter: terms.until ?? 0,
      secondOfficer: second,
      ...(kind === 'CONSENT' ? { subject: SUBJECT } : {}),
      ...optional(terms),
    }
  }

  #givePackage(): void {
    const { entry } = this.#given
    const id = this.#given.does((ctx) =>
      makeGrant(ctx, {
        owner: 'owner',
        entry: entry('reason'),
        level: 2,
        caseId: ENDED,
        holder: { member: 'reader' },
        sections: ['reason'],
        purpose: { code: 'CARD', service: 'reading-room' },
        basis: [],
        use: 'VIEW',
        // Grants of equal terms in two transactions stay apart by this.
        quota: { reads: 900_000 + this.#model.grants.length },
      }),
    )
    const terms = { sections: ['reason'], fields: null, records: null, quota: null, until: null }
    const grant = { ...terms, use: 'VIEW', id, kind: 'PACKAGE', owner: 'owner' } as const
    this.#add({ ...grant, holder: 'reader', parent: null, second: false, depth: 0 })
  }

  #delegate(parent: ModelGrant, move: Move): void {
    const asked = this.#terms(move)
    const keep = (bit: number) => ((move.a >> bit) & 1) === 1
    const terms: ModelTerms = {
      sections: keep(4) ? parent.sections : asked.sections,
      fields: asked.fields ?? parent.fields,
      records: asked.records ?? parent.records,
      quota: asked.quota ?? parent.quota,
      until: asked.until,
      use: keep(5) ? parent.use : asked.use,
    }
    const holder = (move.d & 64) === 64 ? 'successor' : parent.holder
    const isForeign = parent.holder === 'successor'
    const signer = isForeign
      ? this.#given.signers.successor
      : parent.holder === 'owner'
        ? this.#given.owner
        : this.#given.steward
    const input = {
      parent: parent.id,
      holder: { member: holder },
      sections: [...terms.sections],
      use: terms.use,
      notAfter: terms.until ?? 0,
      ...optional(asked),
    }
    const may = this.#model.mayDelegate(parent, terms, holder, this.#next)
    const outcome = this.#given.world.run(signer as Signer, 'access.delegateGrant', input)
    same(
      `delegate ${JSON.stringify(input)} ${outcome.code} ${JSON.stringify(outcome.data)}`,
      outcome.code === 'OK',
      may,
    )
    if (!may) return
    const { grant: id } = outcome.data as { grant: string }
    const { kind, owner, second, depth } = parent
    this.#add({ ...terms, id, kind, owner, holder, parent, second, depth: depth + 1 })
  }

  #read(grant: ModelGrant, { b, c, d }: Move): void {
    const record = pick(this.#model.records, c) as ModelRecord
    const section = MODEL_SECTIONS[b % 3] as string
    const newest = record.versions.get(section) ?? 1
    const version = (d & 48) === 48 ? newest + 1 - ((d >> 6) % 3) : newest
    const fields = (b & 64) === 64 ? some(MODEL_FIELDS, d) : null
    const member = (c & 240) === 240 ? 'successor' : grant.holder
    if (version < 1) return
    const asked = { grant, member, record, section, version, fields, now: this.#next }
    const may = this.#model.mayRead(asked)
    const outcome = this.#given.world.run(this.#given.signers[member] as Signer, readSections, {
      grant: grant.id,
      holderKey: this.#given.keys.get(member),
      items: [{ record: record.id, version, section }],
      ...(fields === null ? {} : { fields: [...fields] }),
    })
    const isSystem = this.#given.signers[member]?.kind !== 'officer'
    const isSecondDue = secondDue(grant)
    const expected = may && !(isSecondDue && isSystem)
    const told = `read ${JSON.stringify({ ...asked, grant: grant.id, record: record.id })}`
    same(`${told} ${outcome.code}`, outcome.code === 'OK', expected)
    if (this.#revoked.has(grant.id)) same('revoked', outcome.code === 'OK', false)
    if (!expected) return
    this.#model.spend(grant)
    const at = this.#given.world.time
    this.#model.reads.push({
      id: outcome.txId,
      grant,
      record,
      section,
      version,
      at,
      agreedAt: null,
    })
  }

  #agree({ a }: Move): void {
    const read = pick(this.#model.reads, a)
    if (read === undefined) return
    const may = this.#model.mayAgree(read, this.#next) && read.grant.holder === 'reader'
    const outcome = this.#given.world.run(this.#given.colleague, 'access.agreeToRead', {
      read: read.id,
    })
    same(`agree ${outcome.code}`, outcome.code === 'OK', may)
    if (may) read.agreedAt = this.#given.world.time
  }

  #change(verb: 'revoke' | 'suspend' | 'lift' | 'withdraw', grant: ModelGrant): void {
    const { world, person } = this.#given
    const isWithdrawn = verb === 'withdraw'
    const action = {
      revoke: 'access.revokeGrant',
      suspend: 'access.suspendGrant',
      lift: 'access.liftSuspension',
      withdraw: 'access.withdrawConsent',
    }[verb]
    const owner = this.#given.signers[grant.owner] as Signer
    const outcome = world.run(isWithdrawn ? person : owner, action, { grant: grant.id })
    const may =
      !grant.isRevoked &&
      (verb === 'revoke' ||
        (verb === 'suspend' && !grant.isSuspended) ||
        (verb === 'lift' && grant.isSuspended) ||
        (isWithdrawn && grant.kind === 'CONSENT' && grant.parent === null))
    same(`${verb} ${outcome.code}`, outcome.code === 'OK', may)
    if (!may) return
    if (verb === 'suspend' || verb === 'lift') grant.isSuspended = verb === 'suspend'
    else {
      this.#model.revoke(grant)
      for (const one of this.#model.grants) if (one.isRevoked) this.#revoked.add(one.id)
    }
  }

  #erase(verb: 'erase' | 'restrict', record: ModelRecord): void {
    const { world, statute } = this.#given
    const [basis] = statute.basis
    const cited = world.state(grants).find(this.#model.grants[0]?.id ?? '')?.basis[0]?.version
    if (cited === undefined || cited === null) return
    const outcome = world.run(
      this.#given.signers[record.owner] as Signer,
      verb === 'erase' ? 'access.eraseSections' : 'access.restrictSections',
      {
        ground: 'PURPOSE_MET',
        basis: { clause: basis?.clause ?? '', version: cited },
        records: [{ record: record.id }],
      },
    )
    const may =
      verb === 'erase' ? record.state !== 'ERASED' && record.isOld : record.state === 'LIVE'
    same(`${verb} ${record.state} ${outcome.code}`, outcome.code === 'OK', may)
    if (may) record.state = verb === 'erase' ? 'ERASED' : 'RESTRICTED'
  }

  #reseal(record: ModelRecord, { b, c }: Move): void {
    const section = MODEL_SECTIONS[b % 3] as string
    const newest = record.versions.get(section)
    const version = (c & 7) === 7 ? (newest ?? 1) + 1 : (newest ?? 1)
    const outcome = this.#given.world.run(
      this.#given.signers[record.owner] as Signer,
      'access.resealSections',
      {
        reason: 'SUSPICION',
        items: [{ record: record.id, section, version, commitment: this.#fresh() }],
        batches: [],
      },
    )
    const may = newest === version && record.state !== 'ERASED'
    same(`reseal ${outcome.code}`, outcome.code === 'OK', may)
    if (may) record.versions.set(section, version + 1)
  }

  /** The first section goes to the successor; grants by package follow it, others do not. */
  #handOver(record: ModelRecord): void {
    if (record.owner !== 'owner' || record.state !== 'LIVE') return
    const { world } = this.#given
    const version = record.versions.get('reason') ?? 1
    const order = this.#given.order({
      sections: [{ record: record.id, section: 'reason', version }],
    })
    const old = [...this.#commitmentsOf(record, version)]
    this.#given.drawn += 1
    const next = `e1${this.#given.drawn.toString(16).padStart(30, '0')}`
    const list = {
      handOver: order,
      items: [{ old: old[0], new: this.#fresh(), record: next }],
      batches: [],
    }
    world.does(this.#given.owner, 'access.handOver', list)
    const before = new Set([...world.state(grants).range()].map(([id]) => id))
    world.does(this.#given.signers.successor as Signer, 'access.handOver', list)
    this.#know(next, 'successor', record.isOld, ['reason'])
    this.#passPackages(record, before)
  }

  #passPackages({ isOld }: ModelRecord, before: ReadonlySet<string>): void {
    if (!isOld) return
    const { world } = this.#given
    const now = world.time
    const ending = this.#model.grants.filter(
      ({ kind, owner, parent, endedAt, isRevoked }) =>
        kind === 'PACKAGE' &&
        owner === 'owner' &&
        parent === null &&
        endedAt === null &&
        !isRevoked,
    )
    const followed = ending.filter(
      ({ holder, isSuspended }) => holder !== 'successor' && !isSuspended,
    )
    for (const one of ending) one.endedAt = now
    const made = [...world.state(grants).range()].filter(([id]) => !before.has(id))
    // The trace before this one may have left grants over the same case.
    const ours = made.filter(([, { quota }]) =>
      followed.some((one) => world.state(grants).get(one.id).quota?.reads === quota?.reads),
    )
    same('grants that followed', ours.length >= followed.length, true)
    for (const one of followed) {
      const reads = world.state(grants).get(one.id).quota?.reads
      const id = ours.find(([, { quota }]) => quota?.reads === reads)?.[0] ?? ''
      this.#add({ ...one, id, owner: 'successor', parent: null })
    }
  }

  #commitmentsOf({ id }: ModelRecord, version: number): string[] {
    const { world } = this.#given
    return world
      .stored()
      .filter(({ collection, key }) => collection === 'access/section' && key[0] === id)
      .filter(({ key }) => key[1] === 'reason' && key[2] === version)
      .map(({ value }) => value.commitment as string)
  }

  /** Contract and release service agree on every read, whatever happened since. */
  compareReleases(): void {
    const { world } = this.#given
    for (const read of this.#model.reads) {
      const check = checkRelease(world, read.id, world.time)
      const told = check.ok ? 'OK' : check.code
      same(`release ${told}`, check.ok, this.#model.mayRelease(read, world.time))
      if (this.#revoked.has(read.grant.id)) same('revoked release', check.ok, false)
    }
  }

  /** In the end every grant opens exactly what the model says, and no grant took another's right. */
  compareRights(): void {
    for (const [at, grant] of this.#model.grants.entries()) {
      for (const section of [0, 1, 2]) {
        this.#read(grant, { verb: 'read', a: 0, b: section, c: at % 16, d: 0 })
      }
    }
  }
}

function levelOf(section: string): number {
  return section === 'released' ? 3 : 2
}

function secondDue(grant: ModelGrant | null): boolean {
  return grant !== null && (grant.second || secondDue(grant.parent))
}

function pick<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % Math.max(1, items.length)]
}

/** A part of a list that a number chooses; never nothing. */
function some<Item>(items: readonly Item[], n: number): Item[] {
  const chosen = items.filter((_, at) => ((n >> at) & 1) === 1)
  return chosen.length === 0 ? items.slice(0, 1) : chosen
}

function optional({ fields, records, quota }: ModelTerms) {
  return {
    ...(fields === null ? {} : { fields: [...fields] }),
    ...(records === null ? {} : { records: [...records] }),
    ...(quota === null ? {} : { quota: { reads: quota } }),
  }
}
