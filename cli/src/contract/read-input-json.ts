import { type Json, type JsonObject, JsonRefused, parseStrictJson, utf8 } from '@renshe/crypto'
import { usage } from '../shell/failure.ts'
import { readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const MOST_INPUT_BYTES = 64 << 20
const LIMITS = {
  maxDepth: 32,
  maxMembers: 10_000,
  maxElements: 1_000_000,
  maxNameBytes: 128,
  maxBytes: MOST_INPUT_BYTES,
}

/** The JSON object of an option: the text itself if it begins with `{`, else a file, or `-`. */
export async function readInputObject(
  session: Session,
  flag: string,
  text: string,
): Promise<JsonObject> {
  const isText = text.trimStart().startsWith('{')
  const bytes = isText ? utf8(text) : await readInput(session, text, MOST_INPUT_BYTES)
  return parse(flag, bytes)
}

/** Any JSON value of an option: the text itself, or `@` and a file. */
export async function readInputValue(session: Session, flag: string, text: string): Promise<Json> {
  const bytes = text.startsWith('@')
    ? await readInput(session, text.slice(1), MOST_INPUT_BYTES)
    : utf8(text)
  // The strict parser takes objects only: the value is put into one.
  const wrapped = Buffer.concat([utf8('{"value":'), bytes, utf8('}')])
  return parse(flag, wrapped).value ?? null
}

function parse(flag: string, bytes: Uint8Array): JsonObject {
  try {
    return parseStrictJson(bytes, LIMITS)
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    throw usage(
      `${flag} 应为 JSON；第 ${error.position} 字节处 ${error.code}。`,
      `${flag} must be JSON; ${error.code} at byte ${error.position}.`,
    )
  }
}
