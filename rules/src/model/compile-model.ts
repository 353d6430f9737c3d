import { BUILTINS } from '../builtins/builtin-table.ts'
import { collectEntries, parseOptions } from '../compile/compile.ts'
import { makeCompiler } from '../compile/compile-node.ts'
import { compileRepeated } from '../compile/compiler.ts'
import { StaticScope } from '../compile/static-scope.ts'
import type { Code } from '../runtime/run.ts'
import type { ParseOptions } from '../syntax/parse.ts'
import { FeelSyntaxError, type Position } from '../syntax/syntax-error.ts'
import type { Node } from '../syntax/tree.ts'
import { LimitExceeded } from '../value/limits.ts'
import { ANY, type FeelType } from '../value/values.ts'
import type {
  Boxed,
  DecisionModel,
  DecisionService,
  ModelParameter,
  Requirement,
} from './decision-model.ts'
import { buildTypes, feelType, type ModelTypes } from './model-types.ts'
import { parseBoxed, typed } from './parse-boxed.ts'

/** An element of a model, ready. */
export type Element =
  | {
      readonly kind: 'input'
      readonly name: string
      readonly type: FeelType
      readonly owner: CompiledModel
    }
  | {
      readonly kind: 'decision' | 'bkm'
      readonly name: string
      readonly owner: CompiledModel
      readonly code: Code
      /** Charged for each evaluation. */
      readonly steps: number
      readonly height: number
      readonly parameters: readonly string[]
      readonly parameterTypes: readonly FeelType[]
      readonly resultType: FeelType
      readonly requires: readonly Requirement[] | undefined
    }
  | {
      readonly kind: 'service'
      readonly name: string
      readonly owner: CompiledModel
      readonly service: DecisionService
      readonly resultType: FeelType
    }

/** A model ready to be asked. */
export interface CompiledModel {
  readonly name: string
  readonly elements: ReadonlyMap<string, Element>
  readonly imports: ReadonlyMap<string, CompiledModel>
  readonly types: ModelTypes
  /** Elements that could not be compiled: they answer null with this reason. */
  readonly problems: readonly ModelProblem[]
}

/** Why an element of a model cannot be evaluated. */
export interface ModelProblem {
  readonly element: string
  /** Path within the element's logic. */
  readonly path: string
  readonly message: string
  readonly position?: Position
}

/** Thrown for a model that cannot be made ready at all. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused'
  readonly code: 'DUPLICATE_NAME' | 'IMPORT_DEPTH'

  /** The message names the element. */
  constructor(code: ModelRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Imports may import: this deep. */
const GREATEST_DEPTH = 20

/**
 * Makes a model ready. An element whose logic is not FEEL is reported in `problems` and answers
 * null.
 *
 * @throws ModelRefused when two elements have one name, or imports are nested without end
 */
export function compileModel(model: DecisionModel, depth = 0): CompiledModel {
  if (depth > GREATEST_DEPTH) {
    throw new ModelRefused('IMPORT_DEPTH', 'imports are nested too deeply')
  }
  const imports = new Map<string, CompiledModel>()
  const elements = new Map<string, Element>()
  for (const { name, model: imported } of model.imports ?? []) {
    const compiled = compileModel(imported, depth + 1)
    imports.set(name, compiled)
    // An import without a name puts its elements among our own.
    if (name === '') for (const [key, element] of compiled.elements) elements.set(key, element)
  }
  const types = buildTypes(model.types ?? [], importedTypes(imports))
  const problems: ModelProblem[] = []
  const compiled: CompiledModel = { name: model.name, elements, imports, types, problems }
  const names = [...namesOf(model), ...elements.keys(), ...imports.keys()]
  const builder = new ModelBuilder(compiled, elements, problems, makeOptions(names, compiled))
  builder.addAll(model)
  return compiled
}

function importedTypes(imports: ReadonlyMap<string, CompiledModel>): [string, FeelType][] {
  return [...imports].flatMap(([prefix, model]) =>
    [...model.types].map(([name, type]): [string, FeelType] => [
      prefix === '' ? name : `${prefix}.${name}`,
      type,
    ]),
  )
}

function namesOf(model: DecisionModel): string[] {
  const lists = [model.inputs, model.decisions, model.knowledge, model.services]
  return lists.flatMap((list) => (list ?? []).map(({ name }) => name))
}

function makeOptions(names: readonly string[], model: CompiledModel): ParseOptions {
  const properties = [...model.imports.values()].flatMap((imported) => [
    ...imported.elements.keys(),
  ])
  for (const type of model.types.values()) collectEntries(type, properties)
  return parseOptions({ names, properties, types: model.types })
}

/** Adds elements to a model. */
class ModelBuilder {
  private readonly model: CompiledModel
  private readonly elements: Map<string, Element>
  private readonly problems: ModelProblem[]
  private readonly options: ParseOptions

  constructor(
    model: CompiledModel,
    elements: Map<string, Element>,
    problems: ModelProblem[],
    options: ParseOptions,
  ) {
    this.model = model
    this.elements = elements
    this.problems = problems
    this.options = options
  }

  addAll(model: DecisionModel): void {
    for (const { name, type } of model.inputs ?? []) {
      this.add({ kind: 'input', name, type: this.typeOf(type), owner: this.model })
    }
    for (const { name, type, logic, requires } of model.decisions ?? []) {
      this.add(
        this.logicElement(
          'decision',
          { name, ...(type === undefined ? {} : { type }) },
          [],
          logic,
          requires,
        ),
      )
    }
    for (const bkm of model.knowledge ?? []) {
      this.add(this.logicElement('bkm', bkm, bkm.parameters, bkm.logic, bkm.requires))
    }
    for (const service of model.services ?? []) {
      const { name } = service
      this.add({
        kind: 'service',
        name,
        owner: this.model,
        service,
        resultType: this.typeOf(service.type),
      })
    }
  }

  private typeOf(type: string | undefined): FeelType {
    return type === undefined ? ANY : feelType(type, this.model.types)
  }

  private add(element: Element): void {
    const known = this.elements.get(element.name)
    if (known?.owner === this.model) {
      throw new ModelRefused('DUPLICATE_NAME', `"${element.name}" is declared twice`)
    }
    this.elements.set(element.name, element)
  }

  private logicElement(
    kind: 'decision' | 'bkm',
    named: ModelParameter,
    parameters: readonly ModelParameter[],
    logic: Boxed | undefined,
    requires: readonly Requirement[] | undefined,
  ): Element {
    const { name, type } = named
    const names = parameters.map((parameter) => parameter.name)
    const node = this.parse(name, logic, names, type)
    const compiler = makeCompiler('', BUILTINS, undefined)
    let scope = StaticScope.EMPTY
    for (const parameter of names) scope = scope.with(parameter)
    const inner = scope
    const { code, steps } = compileRepeated(compiler, () =>
      node === undefined ? failing(name) : compiler.compile(node, inner),
    )
    return {
      kind,
      name,
      owner: this.model,
      code,
      steps,
      height: node?.height ?? 1,
      parameters: names,
      parameterTypes: parameters.map((parameter) => this.typeOf(parameter.type)),
      resultType: this.typeOf(type),
      requires,
    }
  }

  private parse(
    element: string,
    logic: Boxed | undefined,
    names: readonly string[],
    type: string | undefined,
  ): Node | undefined {
    let path = ''
    if (logic === undefined) {
      this.problems.push({ element, path, message: 'there is no logic' })
      return undefined
    }
    const options = { ...this.options, names: [...this.options.names, ...names] }
    try {
      const node = parseBoxed(logic, options, (place) => {
        path = place
      })
      return typed(node, type, options)
    } catch (error) {
      this.problems.push(problemOf(element, path, error))
      return undefined
    }
  }
}

function problemOf(element: string, path: string, error: unknown): ModelProblem {
  if (error instanceof FeelSyntaxError) {
    return { element, path, message: error.message, position: error.position }
  }
  if (error instanceof LimitExceeded || error instanceof RangeError) {
    return { element, path, message: error.message }
  }
  throw error
}

function failing(name: string): Code {
  const site = { text: '', at: 0 }
  return (frame) => frame.run.warn(site, 'UNKNOWN_NAME', `"${name}" cannot be evaluated`)
}
