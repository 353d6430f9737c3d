import type { Json, JsonObject } from '@renshe/crypto'
import { findInputFault } from '@renshe/kernel'
import { type Given, textOption } from '../shell/command.ts'
import { CommandFailure } from '../shell/failure.ts'
import type { Session } from '../shell/session.ts'
import { readInputObject, readInputValue } from './read-input-json.ts'
import { type InputOption, kebab, optionValue } from './schema-options.ts'

/** The input of an action or query from what was typed: `--input` first, then single options. */
export async function collectInput(
  session: Session,
  given: Given,
  options: readonly InputOption[],
): Promise<JsonObject> {
  const whole = textOption(given, 'input')
  const input = whole === undefined ? {} : await readInputObject(session, '--input', whole)
  const collected: JsonObject = { ...input }
  for (const option of options) {
    const text = textOption(given, option.member)
    if (text === undefined) continue
    const flag = `--${kebab(option.member)}`
    collected[option.member] = await optionValue(option, text, (json) =>
      readInputValue(session, flag, json),
    )
  }
  return collected
}

/**
 * Refuses an input that the contract would refuse for its shape, before any node is opened.
 *
 * @throws CommandFailure with what was expected, what came, and where
 */
export function requireInput(
  schema: Parameters<typeof findInputFault>[0],
  input: JsonObject,
): void {
  const fault = findInputFault(schema, input)
  if (fault === undefined) return
  const { path, expected } = fault
  const came = shown(valueAt(input, path))
  const place = path === '' ? '--input' : optionOf(path)
  const wanted = expected.startsWith(MISSING) ? expected.slice(MISSING.length) : expected
  throw new CommandFailure(
    2,
    'INPUT_INVALID',
    {
      zh: `${place} 应为 ${wanted}；实为 ${came.zh}。`,
      en: `${place} must be ${wanted}; came ${came.en}.`,
    },
    { path, expected: wanted },
  )
}

/** How the kernel begins what it expected where nothing came. */
const MISSING = 'present: '

/** `/handOver` → `--hand-over`; deeper places keep their path. */
function optionOf(path: string): string {
  const [, member = '', ...inside] = path.split('/')
  return inside.length === 0 ? `--${kebab(member)}` : `--${kebab(member)} (${path})`
}

function valueAt(input: Json, path: string): Json | undefined {
  let value: Json | undefined = input
  for (const name of path.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined
  }
  return value
}

const MOST_SHOWN = 80

function shown(value: Json | undefined): { zh: string; en: string } {
  if (value === undefined) return { zh: '没有给出', en: 'nothing' }
  const points = [...JSON.stringify(value)]
  const text =
    points.length <= MOST_SHOWN ? points.join('') : `${points.slice(0, MOST_SHOWN).join('')}…`
  return { zh: text, en: text }
}
