import { isCamelName, isCode, isMemberId } from '@renshe/contracts'
import { type Json, type JsonObject, JsonRefused, parseStrictJson } from '@renshe/crypto'
import type { FoundingMember, FoundingOfficer } from '@renshe/node'
import { usage } from '../shell/failure.ts'
import { readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const MOST_BYTES = 4 << 20

/** Reads a JSON object that a person wrote. */
export async function readObject(session: Session, path: string): Promise<JsonObject> {
  const bytes = await readInput(session, path, MOST_BYTES)
  try {
    return parseStrictJson(bytes)
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    throw usage(
      `${path} 应为 JSON 对象；第 ${error.position} 字节处 ${error.code}。`,
      `${path} must be a JSON object; ${error.code} at byte ${error.position}.`,
    )
  }
}

/** A place in a file of terms, for messages. */
interface Place {
  readonly path: string
  readonly at: string
}

function wrong({ path, at }: Place, expected: string, came: Json | undefined) {
  const shown = came === undefined ? 'nothing' : JSON.stringify(came).slice(0, 80)
  return usage(
    `${path}：${at} 应为 ${expected}；实为 ${shown}。`,
    `${path}: ${at} must be ${expected}; came ${shown}.`,
  )
}

/** Members of an object; a name that is not known is refused. */
export function members(
  value: Json | undefined,
  place: Place,
  known: readonly string[],
): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(place, `an object with ${known.join(', ')}`, value)
  }
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue
    throw wrong({ ...place, at: `${place.at}/${name}` }, `one of ${known.join(', ')}`, name)
  }
  return value
}

/** A text with a check. */
export function text(
  value: Json | undefined,
  place: Place,
  expected = 'a text',
  check: (text: string) => boolean = (one) => one !== '',
): string {
  if (typeof value !== 'string' || !check(value)) throw wrong(place, expected, value)
  return value
}

/** A list, each item read with its place. */
export function list<Item>(
  value: Json | undefined,
  place: Place,
  read: (item: Json, place: Place) => Item,
): Item[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw wrong(place, 'a list', value)
  return value.map((item, at) => read(item, { ...place, at: `${place.at}/${at}` }))
}

/** A member as it founds a consortium: `{id, name: {zh, en}, roles, voting, officers: [{number, roles, unit?}]}`. */
export function foundingMember(value: Json | undefined, place: Place): FoundingMember {
  const known = ['id', 'name', 'roles', 'voting', 'officers', 'systemRoles']
  const given = members(value, place, known)
  const at = (name: string): Place => ({ ...place, at: `${place.at}/${name}` })
  const name = members(given.name, at('name'), ['zh', 'en'])
  const { voting = true } = given
  if (typeof voting !== 'boolean') throw wrong(at('voting'), 'true or false', voting)
  const codes = (one: Json, here: Place): string =>
    text(one, here, 'a code such as TRUSTEE', isCode)
  const systemRoles =
    given.systemRoles === undefined
      ? {}
      : { systemRoles: list(given.systemRoles, at('systemRoles'), (one, here) => text(one, here)) }
  return {
    id: text(given.id, at('id'), 'a member id: a–z, 0–9, hyphen, 3–32 characters', isMemberId),
    name: { zh: text(name.zh, at('name/zh')), en: text(name.en, at('name/en')) },
    roles: list(given.roles, at('roles'), codes),
    voting,
    officers: list(given.officers, at('officers'), officer),
    ...systemRoles,
  }
}

function officer(value: Json, place: Place): FoundingOfficer {
  const given = members(value, place, ['number', 'roles', 'unit'])
  const at = (name: string): Place => ({ ...place, at: `${place.at}/${name}` })
  const { unit = null } = given
  return {
    number: text(given.number, at('number'), 'an officer number'),
    roles: list(given.roles, at('roles'), (one, here) => text(one, here)),
    unit: unit === null ? null : text(unit, at('unit')),
  }
}

/** Values of published parameters: `{name: value}`. */
export function parameters(
  value: Json | undefined,
  place: Place,
): { name: string; value: number | string }[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(place, 'an object of names and values', value)
  }
  return Object.entries(value).map(([name, one]) => {
    const here = { ...place, at: `${place.at}/${name}` }
    if (!name.split('.').every(isCamelName))
      throw wrong(here, 'a name such as ledger.horizonMs', name)
    if (typeof one !== 'number' && typeof one !== 'string')
      throw wrong(here, 'a number or text', one)
    return { name, value: one }
  })
}
