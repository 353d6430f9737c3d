import type { Session } from './session.ts'
import type { Words } from './words.ts'

/** 0 done or answered · 1 the work failed · 2 wrong usage · 3 refused. */
export type ExitCode = 0 | 1 | 2 | 3

/** What an invocation gave: arguments in order, options by their long name in camelCase. */
export interface Given {
  readonly arguments: readonly (string | readonly string[] | undefined)[]
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
}

/** An argument as commander spells it: `<id>` must be given, `[id]` may, `<dir...>` takes several. */
export interface ArgumentSpec {
  readonly name: string
  readonly about: Words
}

/** An option as commander spells it: `--on <date>`, `--trace`. */
export interface OptionSpec {
  readonly flags: string
  readonly about: Words
  readonly isRequired?: boolean
  readonly choices?: readonly string[]
}

/** A line to type, and what it does. */
export interface ExampleLine {
  /** Begins with `renshe`. */
  readonly line: string
  readonly about: Words
}

/** One command: everything that help, the generated page and the parser know of it. */
export interface CommandSpec {
  readonly name: string
  readonly about: Words
  /** Paragraphs for help, after the first sentence. */
  readonly details?: Words
  readonly arguments?: readonly ArgumentSpec[]
  readonly options?: readonly OptionSpec[]
  readonly examples: readonly ExampleLine[]
  /** @throws CommandFailure, or an error that `explainError` puts into words */
  readonly run: (session: Session, given: Given) => Promise<ExitCode>
}

/** Commands under one word; loaded when that word is typed. */
export interface GroupSpec {
  readonly name: string
  readonly about: Words
  readonly load: () => Promise<readonly CommandSpec[]>
}

/** A word of the first level: a command by itself, or a group. */
export type TopSpec =
  | GroupSpec
  | { readonly name: string; readonly about: Words; readonly command: () => Promise<CommandSpec> }

/** The text of an option that takes a value; undefined where it was not given. */
export function textOption(given: Given, name: string): string | undefined {
  const value = given.options[name]
  return typeof value === 'string' ? value : undefined
}

/** Whether a flag was given. */
export function flagOption(given: Given, name: string): boolean {
  return given.options[name] === true
}

/** The text of an argument; undefined where it was left out. */
export function textArgument(given: Given, at: number): string | undefined {
  const value = given.arguments[at]
  return typeof value === 'string' ? value : undefined
}

/** The texts of an argument that takes several. */
export function listArgument(given: Given, at: number): readonly string[] {
  const value = given.arguments[at]
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** The texts of an option that takes several. */
export function listOption(given: Given, name: string): readonly string[] {
  const value = given.options[name]
  return Array.isArray(value) ? (value as readonly string[]) : []
}
