/* What a publication writes, so that anyone can ask for one rule, clause or parameter. */
import { amendments, type Context } from '@renshe/kernel'
import { legalDay } from '../vocabulary/civil-date.ts'
import { CALENDAR_PARAMETER } from './calendar.ts'
import { clauseHash } from './catalogue-hash.ts'
import type { CompiledPackage } from './compiled-package.ts'
import type { ParameterValue } from './package-document.ts'
import { newestPublication } from './packages.ts'
import {
  calendarYears,
  clauses,
  nameOwners,
  type PackageRecord,
  packages,
  parameters,
  rules,
  sectionEntries,
} from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** Refuses names that another package publishes: law must not be changed by a bystander. */
export function refuseTakenNames(ctx: Context, { document }: CompiledPackage): void {
  for (const [kind, name] of namesOf(document)) {
    const owner = ctx.state(nameOwners).find([kind, name])?.package
    if (owner !== undefined && owner !== document.name) {
      ctx.refuse(catalogueRefusal({ code: 'NAME_TAKEN', kind, name, package: owner }))
    }
  }
}

function namesOf({
  rules,
  parameters,
  registers,
}: CompiledPackage['document']): [string, string][] {
  const names: [string, string][] = rules.map(({ id }) => ['rule', id])
  for (const name of new Set(parameters.map(({ parameter }) => parameter))) {
    names.push(['parameter', name])
  }
  for (const name of Object.keys(registers)) names.push(['register', name])
  return names
}

/**
 * Publishes a package: it is in force from its effective date, never before this block's legal day
 * unless it is founding.
 */
export function publish(
  ctx: Context,
  record: PackageRecord,
  compiled: CompiledPackage,
  isFounding = false,
): void {
  const { document, hash } = compiled
  const today = legalDay(ctx.time)
  const { effectiveFrom, name } = document
  const inForceFrom = isFounding || effectiveFrom > today ? effectiveFrom : today
  const before = newestPublication(ctx, name)?.hash
  refuseSecondOfBlock(ctx, name)
  ctx.state(packages).put(hash, {
    ...record,
    status: 'PUBLISHED',
    publishedAt: ctx.time,
    publishedHeight: ctx.height,
    inForceFrom,
  })
  for (const [kind, own] of namesOf(document)) {
    ctx.state(nameOwners).put([kind, own], { v: 1, package: name })
  }
  writeClauses(ctx, compiled)
  writeParameters(ctx, compiled, inForceFrom)
  writeRules(ctx, compiled, inForceFrom)
  writeSections(ctx, compiled)
  if (before !== undefined) amend(ctx, before, 'superseded')
  ctx.emit('PackagePublished', { package: hash, name, version: document.version })
}

/** Records of parameters are kept by height: a second version of one block would overwrite the first. */
function refuseSecondOfBlock(ctx: Context, name: string): void {
  const { height } = ctx
  for (const [hash, { publishedHeight }] of ctx
    .state(packages)
    .index('byName', { prefix: [name] })) {
    if (publishedHeight !== height) continue
    ctx.refuse(catalogueRefusal({ code: 'PUBLISHED_THIS_BLOCK', package: hash, height }))
  }
}

function amend(ctx: Context, subject: string, kind: string): void {
  ctx.state(amendments).put(subject, { v: 1, at: ctx.time, by: ctx.txId, kind })
}

function writeClauses(ctx: Context, { document, hash }: CompiledPackage): void {
  for (const clause of document.law) {
    const own = clauseHash(clause)
    const { amends, repeals, ...cited } = clause
    ctx.state(clauses).put(own, {
      v: 1,
      hash: own,
      ...cited,
      ...(amends === undefined ? {} : { amends: [...amends] }),
      ...(repeals === undefined ? {} : { repeals: [...repeals] }),
      package: hash,
      publishedHeight: ctx.height,
    })
  }
}

function writeParameters(
  ctx: Context,
  { document, hash }: CompiledPackage,
  inForceFrom: string,
): void {
  const series = new Map<string, ParameterValue[]>()
  for (const row of document.parameters) {
    const key = `${row.region} ${row.parameter}`
    series.set(key, [...(series.get(key) ?? []), row])
  }
  const put = (parameter: string, region: string, rows: readonly ParameterValue[]): void => {
    ctx.state(parameters).put([parameter, region, ctx.height], {
      v: 1,
      parameter,
      region,
      rows: [...rows]
        .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
        // The name and the region stand once, above the rows.
        .map(({ parameter: _, region: __, ...row }) => row),
      inForceFrom,
      package: hash,
      packageName: document.name,
      publishedHeight: ctx.height,
    })
  }
  for (const [parameter, region] of seriesBefore(ctx, document.name)) {
    if (!series.has(`${region} ${parameter}`)) put(parameter, region, [])
  }
  for (const [key, rows] of series) {
    const [region, parameter] = key.split(' ') as [string, string]
    put(parameter, region, rows)
    if (parameter === CALENDAR_PARAMETER) writeCalendar(ctx, rows)
  }
}

/** Series that the newest publication before this block gave. */
function seriesBefore(ctx: Context, name: string): [string, string][] {
  const found: [string, string][] = []
  let newest: number | undefined
  const back = { prefix: [name], reverse: true }
  for (const [, record] of ctx.state(parameters).index('byPackage', back)) {
    newest ??= record.publishedHeight
    if (record.publishedHeight !== newest) break
    if (record.rows.length > 0) found.push([record.parameter, record.region])
  }
  return found
}

function writeCalendar(ctx: Context, rows: readonly ParameterValue[]): void {
  const years = new Map<number, { [date: string]: 'HOLIDAY' | 'WORKDAY' }>()
  for (const { effectiveFrom, value } of rows) {
    const year = Number(effectiveFrom.slice(0, 4))
    const mark = value === 'WORKDAY' ? 'WORKDAY' : 'HOLIDAY'
    years.set(year, { ...years.get(year), [effectiveFrom]: mark })
  }
  for (const [year, days] of years) ctx.state(calendarYears).put(year, { v: 1, days })
}

function writeRules(
  ctx: Context,
  { rules: own, document, hash }: CompiledPackage,
  inForceFrom: string,
): void {
  const hashes = own.map((rule) => rule.hash)
  const before = [...ctx.state(rules).index('byPackage', { prefix: [document.name] })]
  for (const [old, record] of before) {
    if (hashes.includes(old) || record.droppedFrom !== null) continue
    ctx.state(rules).put(old, { ...record, droppedFrom: inForceFrom })
    amend(ctx, old, 'superseded')
  }
  for (const { hash: ruleHash, id, rule } of own) {
    const known = ctx.state(rules).find(ruleHash)
    // Unchanged since an earlier publication: it has been in force since then.
    if (known !== undefined && known.droppedFrom === null) continue
    const { clause, effectiveFrom, effectiveTo } = rule.document
    ctx.state(rules).put(ruleHash, {
      v: 1,
      hash: ruleHash,
      id,
      clauses: [...clause],
      effectiveFrom,
      effectiveTo: effectiveTo ?? null,
      inForceFrom:
        effectiveFrom !== null && effectiveFrom > inForceFrom ? effectiveFrom : inForceFrom,
      droppedFrom: null,
      package: hash,
      packageName: document.name,
      publishedHeight: ctx.height,
    })
  }
}

function writeSections(ctx: Context, { document, hash, findSection }: CompiledPackage): void {
  for (const name of Object.keys(document.service?.sections ?? {})) {
    const section = findSection(name)
    if (section === undefined) continue
    const { definition, entry, row } = section
    const items = Object.keys(definition.fields ?? row?.columns ?? {}).sort()
    ctx.state(sectionEntries).put(entry, {
      v: 1,
      hash: entry,
      package: hash,
      packageName: document.name,
      section: name,
      level: definition.level,
      owner: definition.owner,
      readers: [...definition.readers],
      sharing: definition.sharing,
      use: definition.use,
      purpose: definition.purpose,
      clause: definition.clause ?? null,
      items,
      publishedHeight: ctx.height,
    })
  }
}
