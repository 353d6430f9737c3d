import { entriesOf, isJsonObject, type Json } from '../value/json.ts'

/**
 * The canonical text of a JSON value: the same value gives the same bytes on every machine.
 *
 * @source RFC 8785 (JCS): members by UTF-16 code units, no white space. Traces hold no numbers but
 * whole ones below 2^53, for which `JSON.stringify` writes what the RFC asks for.
 */
export function canonicalJson(json: Json): string {
  if (isJsonObject(json)) {
    const members = entriesOf(json).sort(([left], [right]) => (left < right ? -1 : 1))
    return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`).join(',')}}`
  }
  if (Array.isArray(json)) return `[${(json as readonly Json[]).map(canonicalJson).join(',')}]`
  return JSON.stringify(json)
}
