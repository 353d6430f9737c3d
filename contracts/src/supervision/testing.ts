/*
 * A world for the tests of this module: a fictional library-card service whose package brings alert
 * rules, the members that are told, and one action that does what a test says.
 */
import {
  canonicalJson,
  type Json,
  type JsonObject,
  ledgerHash,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { createTestWorld, testContracts, testSigner } from '@renshe/kernel/testing'
import type { AlertDefinition, PackageDocument } from '../catalogue/package-document.ts'
import { getPackage } from '../catalogue/packages.ts'
import { calendarYears, type PackageRecord, packages, parts } from '../catalogue/records.ts'
import { fundsBook } from '../funds/rule-book.ts'
import { CASE, testAction } from '../funds/testing.ts'
import { members } from '../membership/records.ts'
import { type CaseEvent, evaluateEvent } from './evaluate-event.ts'
import { alerts } from './records.ts'
import { supervisionBook } from './rule-book.ts'

export { CASE }
export const OTHER_CASE = '01BX5ZZKBKACTAV9WEVGEMMVRZ'

/** Alert rules of the fictional service, one of each form. */
export const CARD_ALERTS: Readonly<Record<string, AlertDefinition>> = {
  'card-refused': {
    on: 'StepDone',
    when: 'step = "decide" and outcome = "refused"',
    severity: 'note',
    to: ['library', 'SUP'],
  },
  'many-fines': { on: 'FineSet', when: 'number(amount) > 100', severity: 'grave', to: ['SUP'] },
  'card-not-decided': {
    on: 'StepOpened after 2 working-days unless StepDone',
    when: 'step = "decide"',
    severity: 'warning',
    to: ['library', 'reader'],
  },
  'case-forgotten': {
    on: 'CaseOpened after 30 days',
    when: 'true',
    severity: 'grave',
    to: ['SUP'],
  },
  endless: {
    on: 'CaseWithdrawn',
    when: 'count(for i in 1..100, j in 1..1000 return i * j) > 0',
    severity: 'note',
    to: ['SUP'],
  },
}

/** A published package that has nothing but alert rules. */
export function cardPackage(alertsOf: PackageDocument['alerts'] = CARD_ALERTS): PackageDocument {
  return {
    v: 1,
    kind: 'library',
    name: 'library-card',
    version: '1.0.0',
    title: { zh: '借书证', en: 'Library card' },
    responsible: 'SUP',
    effectiveFrom: '2026-01-01',
    uses: [],
    basis: [],
    law: [],
    parameters: [],
    rules: [],
    rows: {},
    registers: {},
    charts: {},
    alerts: alertsOf,
    service: null,
    texts: { zh: {}, en: {} },
    examples: { rules: [], cases: [] },
  }
}

function publish(ctx: Context, document: PackageDocument, uses: Record<string, string>): string {
  const bytes = canonicalJson(document as unknown as JsonObject)
  const hash = toHex(ledgerHash('package', bytes))
  const record: PackageRecord = {
    v: 1,
    hash,
    kind: document.kind,
    name: document.name,
    version: document.version,
    title: document.title,
    responsible: document.responsible,
    size: bytes.length,
    parts: [hash],
    uses,
    effectiveFrom: document.effectiveFrom,
    status: 'PUBLISHED',
    proposal: null,
    proposedBy: null,
    publishedAt: ctx.time,
    publishedHeight: ctx.height,
    inForceFrom: document.effectiveFrom,
    withdrawnAt: null,
  }
  ctx.state(parts).put(hash, { v: 1, size: bytes.length, bytes: toBase64Url(bytes) })
  ctx.state(packages).put(hash, record)
  return hash
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'lib-0001': ['LIB'],
  'read-0001': ['EMP'],
  'sup-0001': ['SUP'],
}

/** Signers by member. */
export const library = testSigner({ member: 'lib-0001', kind: 'officer', name: '0417' })
export const supervisor = testSigner({ member: 'sup-0001', kind: 'officer', name: '0001' })
export const relay = testSigner({ member: 'read-0001', name: 'relay' })

function admitMembers(ctx: Context): void {
  for (const [id, roles] of Object.entries(MEMBERS)) {
    ctx.state(members).put(id, {
      v: 1,
      id,
      name: { zh: id, en: id },
      roles: [...roles],
      voting: true,
      status: 'ACTIVE',
      admittedAt: ctx.time,
      statusSince: ctx.time,
    })
  }
}

/** Makes a world; the service's package, with what it uses, is published. */
export function createSupervisionWorld(
  document: PackageDocument = cardPackage(),
  used: readonly PackageDocument[] = [],
) {
  let body: (ctx: Context) => unknown = () => undefined
  const anything = testAction((ctx) => body(ctx))
  const contracts = testContracts({
    actions: [anything, ...supervisionBook.actions],
    queries: supervisionBook.queries,
    collections: [
      ...fundsBook.collections,
      ...supervisionBook.collections,
      members,
      packages,
      parts,
      calendarYears,
    ],
  })
  const world = createTestWorld({ contracts })
  const act = <T>(next: (ctx: Context) => T): T => {
    let given: T | undefined
    body = (ctx) => {
      given = next(ctx)
    }
    world.does(relay, anything, {})
    return given as T
  }
  let hash = ''
  act((ctx) => {
    admitMembers(ctx)
    const uses = Object.fromEntries(used.map((one) => [one.name, publish(ctx, one, {})]))
    hash = publish(ctx, document, uses)
  })
  return {
    world,
    act,
    /** Tells an event of a case, as `cases` does. */
    tell(
      name: string,
      data: Record<string, Json> = {},
      changes: Partial<Omit<CaseEvent, 'code'>> = {},
    ) {
      const event: Omit<CaseEvent, 'code'> = {
        name,
        data: { case: CASE, ...data },
        caseId: CASE,
        parties: { library: ['lib-0001'], reader: ['read-0001'], nobody: [] },
        ...changes,
      }
      act((ctx) => evaluateEvent(ctx, { ...event, code: getPackage(ctx, hash) }))
    },
    codes: () => world.stored(alerts).map(({ value }) => value.code),
  }
}
