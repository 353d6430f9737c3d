import type { Evaluation } from '../compile/compile.ts'
import { type Environment, Frame, Run, type Scope, type Site } from '../runtime/run.ts'
import { convertTo } from '../value/conformance.ts'
import { FeelContext, FeelFunction, type FeelType, type Value } from '../value/values.ts'
import type { CompiledModel, Element } from './compile-model.ts'
import type { ElementKind, Requirement } from './decision-model.ts'

const NOWHERE: Site = { text: '', at: 0 }

/** Nested decisions count as nested calls of this height beside their own. */
const OWN_HEIGHT = 3

/**
 * Evaluates one element of a model.
 *
 * @param input  values of input data by name; for a service or a business knowledge model its
 * parameters. Input data of
 *               an imported model may stand in a context named as the import.
 * @throws LimitExceeded when the evaluation needs more than allowed
 */
export function evaluateModel(
  model: CompiledModel,
  kind: ElementKind,
  name: string,
  input: Scope,
  environment: Environment,
): Evaluation {
  const run = new Run(input, environment)
  const value = new ModelEvaluation(run, model, input, new Map()).ask(kind, name)
  return { value, warnings: run.warnings, trace: [] }
}

/** One evaluation of one model: every decision at most once. */
class ModelEvaluation {
  private readonly run: Run
  private readonly model: CompiledModel
  private readonly input: Scope
  /** Values that stand before the evaluation: the parameters of a service. */
  private readonly given: ReadonlyMap<Element, Value>
  private readonly known = new Map<Element, Value>()
  private readonly under = new Set<Element>()
  private readonly imports = new Map<string, ModelEvaluation>()

  constructor(run: Run, model: CompiledModel, input: Scope, given: ReadonlyMap<Element, Value>) {
    this.run = run
    this.model = model
    this.input = input
    this.given = given
  }

  ask(kind: ElementKind, name: string): Value {
    const element = this.model.elements.get(name)
    const wanted = kind === 'decisionService' ? 'service' : kind
    if (element === undefined || element.kind !== wanted) {
      return this.run.warn(NOWHERE, 'UNKNOWN_NAME', `the model has no ${kind} "${name}"`)
    }
    const value = this.valueOf(element)
    if (element.kind === 'decision' || !(value instanceof FeelFunction)) return value
    return value.call(value.parameters.map((parameter) => this.input.get(parameter) ?? null))
  }

  /**
   * The evaluation of an imported model; its inputs may stand in a context of the import's name.
   */
  imported(name: string): ModelEvaluation | undefined {
    const known = this.imports.get(name)
    const model = this.model.imports.get(name)
    if (known !== undefined || model === undefined) return known
    const nested = this.input.get(name)
    const input = nested instanceof FeelContext ? nested : this.input
    const evaluation = new ModelEvaluation(this.run, model, input, this.given)
    this.imports.set(name, evaluation)
    return evaluation
  }

  /** The value of something required: undefined when there is no such element. */
  required(requirement: Requirement): Value | undefined {
    const evaluation = requirement.from === undefined ? this : this.imported(requirement.from)
    const element = evaluation?.model.elements.get(requirement.name)
    return element === undefined ? undefined : evaluation?.valueOf(element)
  }

  /** Everything of an imported model under the names it has there. */
  importedContext(
    name: string,
    requirements: readonly Requirement[] | undefined,
  ): FeelContext | undefined {
    const model = this.model.imports.get(name)
    if (model === undefined) return undefined
    const names = requirements?.map((requirement) => requirement.name) ?? [...model.elements.keys()]
    const entries = names.map((inner): [string, Value] => [
      inner,
      this.required({ name: inner, from: name }) ?? null,
    ])
    return new FeelContext(new Map(entries))
  }

  /** The value of an element: a decision's result, an input, a function. */
  private valueOf(element: Element): Value {
    const given = this.given.get(element)
    if (given !== undefined) return given
    const known = this.known.get(element)
    if (known !== undefined) return known
    if (this.under.has(element)) {
      return this.run.warn(NOWHERE, 'UNKNOWN_NAME', `"${element.name}" needs itself`)
    }
    this.under.add(element)
    const value = this.compute(element)
    this.under.delete(element)
    this.known.set(element, value)
    return value
  }

  private compute(element: Element): Value {
    switch (element.kind) {
      case 'input':
        return this.readInput(element.name, element.type)
      case 'decision': {
        this.run.enter(element.height + OWN_HEIGHT)
        const inner = this.run.within(new RequirementScope(this, element.requires))
        const value = element.code(new Frame(inner, null, undefined))
        this.run.leave(element.height + OWN_HEIGHT)
        return value
      }
      case 'bkm':
        return this.knowledge(element)
      case 'service':
        return this.service(element)
    }
  }

  private readInput(name: string, type: FeelType): Value {
    const converted = convertTo(this.input.get(name) ?? null, type, this.run)
    if (converted !== undefined) return converted
    return this.run.warn(NOWHERE, 'ARGUMENT_TYPE', `input "${name}" is not of its type`)
  }

  private knowledge(element: Element & { kind: 'decision' | 'bkm' }): Value {
    const { parameters, parameterTypes, resultType, code, height, steps } = element
    const inner = this.run.within(new RequirementScope(this, element.requires))
    const call = (args: readonly Value[]): Value => {
      inner.step(steps)
      let frame = new Frame(inner, null, undefined)
      for (let at = 0; at < parameters.length; at += 1) {
        const value = convertTo(args[at] ?? null, parameterTypes[at] as FeelType, inner)
        if (value === undefined) {
          return inner.warn(
            NOWHERE,
            'ARGUMENT_TYPE',
            `parameter "${parameters[at]}" has the wrong type`,
          )
        }
        frame = new Frame(inner, value, frame)
      }
      inner.enter(height + OWN_HEIGHT)
      const value = code(frame)
      inner.leave(height + OWN_HEIGHT)
      return value
    }
    return new FeelFunction({ name: element.name, parameters, parameterTypes, resultType, call })
  }

  private service(element: Element & { kind: 'service' }): Value {
    const { service, resultType, name } = element
    const inputs = [...service.inputData, ...service.inputDecisions]
    const elements = inputs.map((requirement) => this.elementOf(requirement))
    const call = (args: readonly Value[]): Value => {
      this.run.step(1)
      this.run.enter(OWN_HEIGHT)
      const given = new Map<Element, Value>()
      elements.forEach((found, at) => {
        if (found !== undefined)
          given.set(found, this.convert(args[at] ?? null, typeOf(found), found.name))
      })
      const inner = new ModelEvaluation(this.run, this.model, NO_INPUT, given)
      const value = inner.outputs(service.outputDecisions)
      this.run.leave(OWN_HEIGHT)
      return this.convert(value, resultType, name)
    }
    return new FeelFunction({
      name,
      parameters: inputs.map((requirement) => requirement.name),
      parameterTypes: elements.map(typeOf),
      resultType,
      call,
    })
  }

  private convert(value: Value, type: FeelType, name: string): Value {
    const converted = convertTo(value, type, this.run)
    if (converted !== undefined) return converted
    return this.run.warn(NOWHERE, 'ARGUMENT_TYPE', `"${name}" has the wrong type`)
  }

  private elementOf(requirement: Requirement): Element | undefined {
    const owner =
      requirement.from === undefined ? this.model : this.model.imports.get(requirement.from)
    return owner?.elements.get(requirement.name)
  }

  /** One output decision is the value itself, several are a context by their names. */
  private outputs(requirements: readonly Requirement[]): Value {
    const values = requirements.map((requirement): [string, Value] => [
      requirement.name,
      this.required(requirement) ?? null,
    ])
    return values.length === 1 ? (values[0]?.[1] ?? null) : new FeelContext(new Map(values))
  }
}

const NO_INPUT: Scope = { get: () => undefined }

function typeOf(element: Element | undefined): FeelType {
  if (element === undefined) return { kind: 'simple', name: 'Any' }
  return element.kind === 'input' ? element.type : element.resultType
}

/**
 * What the logic of an element can read: what it requires, elements of imports under the import's
 * name.
 */
class RequirementScope implements Scope {
  private readonly evaluation: ModelEvaluation
  private readonly requires: readonly Requirement[] | undefined

  constructor(evaluation: ModelEvaluation, requires: readonly Requirement[] | undefined) {
    this.evaluation = evaluation
    this.requires = requires
  }

  get(name: string): Value | undefined {
    const { evaluation, requires } = this
    if (requires === undefined) {
      return evaluation.required({ name }) ?? evaluation.importedContext(name, undefined)
    }
    const own = requires.find(
      (requirement) => requirement.from === undefined && requirement.name === name,
    )
    if (own !== undefined) return evaluation.required(own)
    const imported = requires.filter((requirement) => requirement.from === name)
    return imported.length === 0 ? undefined : evaluation.importedContext(name, imported)
  }
}
