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
 * @param input  values of input data by name; for a service its parameters; for a business knowledge model its
 *               parameters. Input data of an imported model may stand in a context named as the import.
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
  const evaluation = new ModelEvaluation(run, input, new Map())
  const value = evaluation.ask(model, kind, name)
  return { value, warnings: run.warnings, trace: [] }
}

/** One evaluation: every decision at most once. */
class ModelEvaluation {
  private readonly run: Run
  private readonly input: Scope
  /** Values of decisions that stand before the evaluation: the input decisions of a service. */
  private readonly given: ReadonlyMap<Element, Value>
  private readonly known = new Map<Element, Value>()
  private readonly under = new Set<Element>()

  constructor(run: Run, input: Scope, given: ReadonlyMap<Element, Value>) {
    this.run = run
    this.input = input
    this.given = given
  }

  ask(model: CompiledModel, kind: ElementKind, name: string): Value {
    const element = model.elements.get(name)
    const wanted = kind === 'decisionService' ? 'service' : kind
    if (element === undefined || element.kind !== wanted) {
      return this.run.warn(NOWHERE, 'UNKNOWN_NAME', `the model has no ${kind} "${name}"`)
    }
    if (element.kind === 'decision') return this.valueOf(element)
    const called = this.valueOf(element)
    if (!(called instanceof FeelFunction)) return null
    return called.call(called.parameters.map((parameter) => this.input.get(parameter) ?? null))
  }

  /** The value of an element: a decision's result, an input, a function. */
  valueOf(element: Element): Value {
    const given = this.given.get(element) ?? this.known.get(element)
    if (given !== undefined) return given
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
        return this.readInput(element.name, element.type, element.owner)
      case 'decision': {
        this.run.enter(element.height + OWN_HEIGHT)
        const inner = this.run.within(new RequirementScope(this, element.owner, element.requires))
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

  private readInput(name: string, type: FeelType, owner: CompiledModel): Value {
    const nested = this.input.get(owner.name)
    const value =
      (nested instanceof FeelContext ? nested.get(name) : undefined) ?? this.input.get(name) ?? null
    const converted = convertTo(value, type)
    if (converted !== undefined) return converted
    return this.run.warn(NOWHERE, 'ARGUMENT_TYPE', `input "${name}" is not of its type`)
  }

  private knowledge(element: Element & { kind: 'decision' | 'bkm' }): Value {
    const { parameters, parameterTypes, resultType, code, height } = element
    const inner = this.run.within(new RequirementScope(this, element.owner, element.requires))
    const call = (args: readonly Value[]): Value => {
      inner.step(1)
      let frame: Frame | undefined
      for (let at = 0; at < parameters.length; at += 1) {
        const value = convertTo(args[at] ?? null, parameterTypes[at] as FeelType)
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
      const value = code(frame ?? new Frame(inner, null, undefined))
      inner.leave(height + OWN_HEIGHT)
      return value
    }
    return new FeelFunction({ name: element.name, parameters, parameterTypes, resultType, call })
  }

  private service(element: Element & { kind: 'service' }): Value {
    const { owner, service, resultType, name } = element
    const inputs = [...service.inputData, ...service.inputDecisions].map((requirement) => ({
      name: requirement.name,
      element: findElement(owner, requirement),
    }))
    const parameters = inputs.map((input) => input.name)
    const parameterTypes = inputs.map(({ element: found }) => typeOf(found))
    const call = (args: readonly Value[]): Value => {
      this.run.step(1)
      this.run.enter(OWN_HEIGHT)
      const given = new Map<Element, Value>()
      inputs.forEach(({ element: found }, at) => {
        if (found === undefined) return
        const value = convertTo(args[at] ?? null, typeOf(found))
        given.set(
          found,
          value ?? this.run.warn(NOWHERE, 'ARGUMENT_TYPE', `"${found.name}" has the wrong type`),
        )
      })
      const inner = new ModelEvaluation(this.run, NO_INPUT, given)
      const value = inner.outputs(owner, service.outputDecisions)
      this.run.leave(OWN_HEIGHT)
      return (
        convertTo(value, resultType) ??
        this.run.warn(NOWHERE, 'OUTPUT_VALUE', `"${name}" gives a wrong type`)
      )
    }
    return new FeelFunction({ name, parameters, parameterTypes, resultType, call })
  }

  /** One output decision is the value itself, several are a context by their names. */
  private outputs(owner: CompiledModel, requirements: readonly Requirement[]): Value {
    const values = requirements.map((requirement): [string, Value] => {
      const element = findElement(owner, requirement)
      return [requirement.name, element === undefined ? null : this.valueOf(element)]
    })
    return values.length === 1 ? (values[0]?.[1] ?? null) : new FeelContext(new Map(values))
  }
}

const NO_INPUT: Scope = { get: () => undefined }

function typeOf(element: Element | undefined): FeelType {
  if (element === undefined) return { kind: 'simple', name: 'Any' }
  return element.kind === 'input' ? element.type : element.resultType
}

function findElement(model: CompiledModel, requirement: Requirement): Element | undefined {
  const owner = requirement.from === undefined ? model : model.imports.get(requirement.from)
  return owner?.elements.get(requirement.name)
}

/** What the logic of an element can read: what it requires, elements of imports under the import's name. */
class RequirementScope implements Scope {
  private readonly evaluation: ModelEvaluation
  private readonly model: CompiledModel
  private readonly requires: readonly Requirement[] | undefined

  constructor(
    evaluation: ModelEvaluation,
    model: CompiledModel,
    requires: readonly Requirement[] | undefined,
  ) {
    this.evaluation = evaluation
    this.model = model
    this.requires = requires
  }

  get(name: string): Value | undefined {
    const { model, requires } = this
    if (requires === undefined) {
      const own = model.elements.get(name)
      if (own !== undefined) return this.evaluation.valueOf(own)
      const imported = model.imports.get(name)
      return imported === undefined ? undefined : this.contextOf([...imported.elements.values()])
    }
    const own = requires.find(
      (requirement) => requirement.from === undefined && requirement.name === name,
    )
    if (own !== undefined) {
      const element = findElement(model, own)
      return element === undefined ? null : this.evaluation.valueOf(element)
    }
    const imported = requires.filter((requirement) => requirement.from === name)
    if (imported.length === 0) return undefined
    return this.contextOf(imported.flatMap((requirement) => findElement(model, requirement) ?? []))
  }

  private contextOf(elements: readonly Element[]): FeelContext {
    const entries = elements.map((element): [string, Value] => [
      element.name,
      this.evaluation.valueOf(element),
    ])
    return new FeelContext(new Map(entries))
  }
}
