import {
  type Compiled,
  compile,
  type Evaluation,
  FeelContext,
  FeelSyntaxError,
  LimitExceeded,
  type Position,
  parseLiteral,
  toLiteral,
  type Value,
  type Warning,
} from '@renshe/rules'

/** What an expression or a decision gives; values are FEEL literals, so that nothing is lost in JSON. */
export type FeelReply =
  | { readonly ok: true; readonly value: string; readonly warnings: readonly Warning[] }
  | {
      readonly ok: false
      readonly error: {
        readonly code: string
        readonly message: string
        readonly position: Position | null
      }
    }

/** A refusal of an expression, a model or a context. */
export function feelRefusal(
  code: string,
  message: string,
  position: Position | null = null,
): FeelReply {
  return { ok: false, error: { code, message, position } }
}

/** The answer of an evaluation: null with its reason is an answer too. */
export function feelReply({ value, warnings }: Evaluation): FeelReply {
  return { ok: true, value: toLiteral(value), warnings }
}

/** The context that a text names; undefined where it is no context literal. */
export function readContext(text: string | undefined): FeelContext | undefined {
  if (text === undefined) return new FeelContext(new Map())
  const value = parseLiteral(text)
  return value instanceof FeelContext ? value : undefined
}

/** What a bad context is told as. */
export const BAD_CONTEXT: FeelReply = feelRefusal(
  'BAD_CONTEXT',
  'the context must be a FEEL context of literals, such as {age: 61, born: date("1965-03-08")}',
)

/** Expressions of a batch are often the same: this many stay compiled. */
const MOST_KEPT = 500

/** Evaluates FEEL texts, each compiled once. */
export class FeelAnswerer {
  readonly #now: number
  readonly #kept = new Map<string, Compiled>()

  /** @param now  the evaluation instant, UTC ms */
  constructor(now: number) {
    this.#now = now
  }

  answer(expression: string, context: FeelContext): FeelReply {
    try {
      const compiled = this.#compiled(expression, context)
      return feelReply(compiled.evaluate(context, { now: this.#now }))
    } catch (error) {
      return feelFault(error)
    }
  }

  #compiled(expression: string, context: FeelContext): Compiled {
    const names = [...context.entries.keys()]
    const properties = new Set<string>()
    for (const value of context.entries.values()) collectNames(value, properties)
    // How a text is parsed depends on the names with spaces that are in scope.
    const key = JSON.stringify([expression, names, [...properties]])
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const made = compile(expression, { names, properties: [...properties] })
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    this.#kept.set(key, made)
    return made
  }
}

/** Names of entries inside a value, so that paths to names with spaces can be read. */
function collectNames(value: Value, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) collectNames(item, found)
  } else if (value instanceof FeelContext) {
    for (const [name, inner] of value.entries) {
      found.add(name)
      collectNames(inner, found)
    }
  }
}

/** Puts the errors of the rules room into an answer; throws what is none of them. */
export function feelFault(error: unknown): FeelReply {
  if (error instanceof FeelSyntaxError) {
    return feelRefusal(error.code, error.message, error.position)
  }
  if (error instanceof LimitExceeded) {
    return feelRefusal('LIMIT_EXCEEDED', `${error.message} (${error.limit})`)
  }
  throw error
}
