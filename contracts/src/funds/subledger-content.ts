/*
 * What the sealed sections `balance` and `entry` of a sub-ledger say, byte for byte.
 *
 * @source ledger-bytes.md section 13
 */
import {
  type Bytes,
  canonicalJson,
  type Json,
  type JsonObject,
  parseCanonicalJson,
} from '@renshe/crypto'
import { isMoney } from '../vocabulary/money.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import { digitsOf, textOf, YUAN_PLACES } from './exact.ts'
import {
  type AccountBalance,
  type AccountEntry,
  compareLines,
  compareParts,
  type EntryLine,
  type PartBalance,
  type Scale,
} from './subledger.ts'

/** Why bytes are not the content of a sub-ledger section. */
export class SubledgerContentRefused extends Error {
  /** Where: a member name, or `parts/2/cost`. */
  readonly place: string

  constructor(place: string, expected: string) {
    super(`${place}: expected ${expected}`)
    this.name = 'SubledgerContentRefused'
    this.place = place
  }
}

/** Content of an account's section `balance`, JCS. */
export function balanceContent(balance: AccountBalance, { unitPlaces }: Scale): Bytes {
  const { account, version, parts, lastEntry } = balance
  let costFen = 0n
  let units = 0n
  for (const part of parts) {
    costFen += part.costFen
    units += part.units
  }
  return canonicalJson({
    account,
    version,
    parts: parts.map((part) => partJson(part, unitPlaces)),
    cost: textOf(costFen, YUAN_PLACES),
    units: textOf(units, unitPlaces),
    lastEntry,
  })
}

/** Content of an account's section `entry`, JCS. */
export function entryContent(entry: AccountEntry, { unitPlaces, residuePlaces }: Scale): Bytes {
  const { account, version, journal, lines } = entry
  return canonicalJson({
    account,
    version,
    journal,
    lines: lines.map((line) => ({
      ...partJson(line, unitPlaces),
      residue: textOf(line.residue, residuePlaces),
    })),
  })
}

function partJson({ chart, part, costFen, taxedCostFen, units }: PartBalance, places: number) {
  return {
    chart,
    part,
    cost: textOf(costFen, YUAN_PLACES),
    taxedCost: textOf(taxedCostFen, YUAN_PLACES),
    units: textOf(units, places),
  }
}

/**
 * Reads the content of a section `balance`.
 *
 * @throws SubledgerContentRefused if a member is missing, unknown, misspelt, out of order, or if
 *         `cost` or `units` is not the sum of the parts; JsonRefused if the bytes are not JCS
 */
export function readBalance(content: Bytes, { unitPlaces }: Scale): AccountBalance {
  const json = parseCanonicalJson(content)
  refuseOtherMembers(json, ['account', 'cost', 'lastEntry', 'parts', 'units', 'version'], '')
  const parts = listOf(json, 'parts').map((part, index) => {
    const place = `parts/${index}/`
    refuseOtherMembers(part, ['chart', 'cost', 'part', 'taxedCost', 'units'], place)
    return readPart(part, unitPlaces, place)
  })
  refuseDisorder(parts, compareParts, 'parts', false)
  const cost = moneyOf(json, 'cost', '')
  const units = decimalOf(json, 'units', unitPlaces, '')
  if (parts.reduce((sum, part) => sum + part.costFen, 0n) !== cost) {
    throw new SubledgerContentRefused('cost', 'the sum of the parts')
  }
  if (parts.reduce((sum, part) => sum + part.units, 0n) !== units) {
    throw new SubledgerContentRefused('units', 'the sum of the parts')
  }
  const lastEntry = json.lastEntry === null ? null : textIn(json, 'lastEntry', '')
  return { account: textIn(json, 'account', ''), version: versionOf(json), parts, lastEntry }
}

/**
 * Reads the content of a section `entry`.
 *
 * @throws as {@link readBalance}
 */
export function readEntry(content: Bytes, { unitPlaces, residuePlaces }: Scale): AccountEntry {
  const json = parseCanonicalJson(content)
  refuseOtherMembers(json, ['account', 'journal', 'lines', 'version'], '')
  const lines: EntryLine[] = listOf(json, 'lines').map((line, index) => {
    const place = `lines/${index}/`
    refuseOtherMembers(line, ['chart', 'cost', 'part', 'residue', 'taxedCost', 'units'], place)
    const residue = decimalOf(line, 'residue', residuePlaces, place)
    return { ...readPart(line, unitPlaces, place), residue }
  })
  refuseDisorder(lines, compareLines, 'lines', true)
  return {
    account: textIn(json, 'account', ''),
    version: versionOf(json),
    journal: textIn(json, 'journal', ''),
    lines,
  }
}

function readPart(json: JsonObject, unitPlaces: number, place: string): PartBalance {
  return {
    part: textIn(json, 'part', place),
    chart: textIn(json, 'chart', place),
    costFen: moneyOf(json, 'cost', place),
    taxedCostFen: moneyOf(json, 'taxedCost', place),
    units: decimalOf(json, 'units', unitPlaces, place),
  }
}

function refuseOtherMembers(json: JsonObject, members: readonly string[], place: string): void {
  const names = Object.keys(json).sort()
  const isExact = names.length === members.length && names.every((name, i) => name === members[i])
  if (!isExact) throw new SubledgerContentRefused(place, `exactly ${members.join(', ')}`)
}

function refuseDisorder<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  place: string,
  mayRepeat: boolean,
): void {
  for (let at = 1; at < items.length; at++) {
    const order = compare(items[at - 1] as T, items[at] as T)
    if (order > 0 || (order === 0 && !mayRepeat)) {
      throw new SubledgerContentRefused(`${place}/${at}`, 'ascending order')
    }
  }
}

function listOf(json: JsonObject, name: string): JsonObject[] {
  const list = json[name]
  if (!Array.isArray(list)) throw new SubledgerContentRefused(name, 'a list')
  return list.map((item: Json, index) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) {
      throw new SubledgerContentRefused(`${name}/${index}`, 'an object')
    }
    return item
  })
}

function textIn(json: JsonObject, name: string, place: string): string {
  const text = json[name]
  if (typeof text !== 'string') throw new SubledgerContentRefused(place + name, 'text')
  return text
}

function versionOf(json: JsonObject): number {
  const { version } = json
  if (typeof version !== 'number' || version < 1) {
    throw new SubledgerContentRefused('version', 'an integer from 1')
  }
  return version
}

function moneyOf(json: JsonObject, name: string, place: string): bigint {
  const text = textIn(json, name, place)
  if (!isMoney(text)) throw new SubledgerContentRefused(place + name, 'yuan with two places')
  return digitsOf(text, YUAN_PLACES)
}

function decimalOf(json: JsonObject, name: string, places: number, place: string): bigint {
  const text = textIn(json, name, place)
  if (!isDecimal(text, places)) {
    throw new SubledgerContentRefused(place + name, `a decimal with ${places} places`)
  }
  return digitsOf(text, places)
}
