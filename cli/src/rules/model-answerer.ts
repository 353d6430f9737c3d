import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  type CompiledModel,
  compileModel,
  DmnRefused,
  type ElementKind,
  evaluateModel,
  type FeelContext,
  loadDmn,
  type ResolveImport,
  XmlRefused,
} from '@renshe/rules'
import { utf8Text } from '../shell/read-input.ts'
import { type FeelReply, feelFault, feelRefusal, feelReply } from './feel-answer.ts'

/** What can be asked of a model. */
export const ELEMENT_KINDS: readonly ElementKind[] = ['decision', 'decisionService', 'bkm']

const MOST_MODEL_BYTES = 16 << 20
const MOST_KEPT = 50

/** Thrown for a model that cannot be read. */
class ModelRefused extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Asks models, each loaded and compiled once. */
export class ModelAnswerer {
  readonly #folder: string
  readonly #now: number
  readonly #kept = new Map<string, CompiledModel>()

  /**
   * @param folder  where relative paths of models start
   * @param now     the evaluation instant, UTC ms
   */
  constructor(folder: string, now: number) {
    this.#folder = folder
    this.#now = now
  }

  answer(path: string, kind: ElementKind, name: string, context: FeelContext): FeelReply {
    try {
      const model = this.#model(path)
      if (!model.elements.has(name)) {
        return feelRefusal('UNKNOWN_NAME', `the model has no ${kind} "${name}"`)
      }
      return feelReply(evaluateModel(model, kind, name, context, { now: this.#now }))
    } catch (error) {
      if (
        error instanceof ModelRefused ||
        error instanceof DmnRefused ||
        error instanceof XmlRefused
      ) {
        return feelRefusal(error.code, error.message)
      }
      return feelFault(error)
    }
  }

  #model(path: string): CompiledModel {
    const place = resolve(this.#folder, path)
    const known = this.#kept.get(place)
    if (known !== undefined) return known
    const made = compile(loadDmn(modelText(place, path), importsBeside(dirname(place))))
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    this.#kept.set(place, made)
    return made
  }
}

function compile(model: Parameters<typeof compileModel>[0]): CompiledModel {
  try {
    return compileModel(model)
  } catch (error) {
    if (error instanceof RangeError) throw new ModelRefused('MODEL_REFUSED', error.message)
    throw error
  }
}

/** @param given  the path as it was given: a reply does not tell where this machine keeps its files */
function modelText(place: string, given: string): string {
  const found = statSync(place, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new ModelRefused('MODEL_MISSING', `there is no file ${given}`)
  if (found.size > MOST_MODEL_BYTES) {
    throw new ModelRefused('TOO_LARGE', `a model has at most ${MOST_MODEL_BYTES} bytes`)
  }
  const text = utf8Text(readFileSync(place))
  if (text === undefined) throw new ModelRefused('NOT_XML', 'a model must be UTF-8 text')
  return text
}

/** Imported models lie in the folder of the model, under the name it gives or any other: the name space decides. */
function importsBeside(folder: string): ResolveImport {
  return (namespace, location) => {
    const beside = readdirSync(folder).filter((name) => name.endsWith('.dmn'))
    // A location with a path in it would lead out of the folder.
    const first = beside.filter((name) => name === location)
    for (const name of [...first, ...beside]) {
      const text = textBeside(join(folder, name))
      if (text?.includes(`namespace="${namespace}"`) === true && isOwn(text, namespace)) return text
    }
    return undefined
  }
}

function textBeside(place: string): string | undefined {
  const found = statSync(place, { throwIfNoEntry: false })
  if (found?.isFile() !== true || found.size > MOST_MODEL_BYTES) return undefined
  return utf8Text(readFileSync(place))
}

/** Whether a name space is the model's own and not one that it imports. */
function isOwn(text: string, namespace: string): boolean {
  const root = /<(?:[\w.-]+:)?definitions\b[^>]*>/.exec(text)?.[0] ?? ''
  return root.includes(` namespace="${namespace}"`) || root.includes(`\nnamespace="${namespace}"`)
}
