import type {
  Decision,
  DecisionModel,
  DecisionService,
  KnowledgeModel,
  ModelParameter,
  ModelType,
  Requirement,
} from '../model/decision-model.ts'
import { loadBoxed, loadParameters } from './load-boxed.ts'
import { childNamed, childrenNamed, readXml, textOf, type XmlElement } from './read-xml.ts'
import { type TypeNames, typeNamesOf, typeRefOf } from './type-names.ts'

/** Why a model is refused. */
export type DmnRefusal =
  | 'NOT_DMN'
  | 'DMN_VERSION'
  | 'IMPORT_MISSING'
  | 'IMPORT_CYCLE'
  | 'REFERENCE'
  | 'EXPRESSION_LANGUAGE'

/** Thrown for XML that is no DMN model we can load. */
export class DmnRefused extends Error {
  override readonly name = 'DmnRefused'
  readonly code: DmnRefusal

  /** The message names the element. */
  constructor(code: DmnRefusal, message: string) {
    super(message)
    this.code = code
  }
}

/** Finds the text of an imported model; undefined when it cannot be had. */
export type ResolveImport = (namespace: string, location: string | undefined) => string | undefined

/** Dates in the name spaces of DMN 1.2, 1.3, 1.4 and 1.5; some tools write `https`. */
const VERSIONS = ['20180521', '20191111', '20211108', '20230324']

interface Loaded {
  readonly model: DecisionModel
  readonly namespace: string
  /** Names of elements by their id. */
  readonly ids: ReadonlyMap<string, string>
}

/**
 * Loads a DMN 1.2–1.5 model with its imports.
 *
 * @throws XmlRefused for hostile or broken XML, DmnRefused for XML that is no such model
 */
export function loadDmn(xml: string, resolve: ResolveImport = () => undefined): DecisionModel {
  return load(xml, resolve, []).model
}

function load(xml: string, resolve: ResolveImport, path: readonly string[]): Loaded {
  const { root, prefixes } = readXml(xml)
  checkRoot(root)
  const namespace = root.attributes.get('namespace') ?? ''
  if (path.includes(namespace)) {
    throw new DmnRefused('IMPORT_CYCLE', `${namespace} imports itself`)
  }
  const imports = loadImports(root, resolve, [...path, namespace])
  return new ModelLoader(root, namespace, imports, typeNamesOf(namespace, imports, prefixes)).load()
}

function checkRoot(root: XmlElement): void {
  if (root.name !== 'definitions' || !root.namespace.includes('www.omg.org/spec/DMN/')) {
    throw new DmnRefused('NOT_DMN', 'the document is no DMN model')
  }
  if (!VERSIONS.some((version) => root.namespace.includes(`/DMN/${version}/`))) {
    throw new DmnRefused('DMN_VERSION', 'only DMN 1.2 to 1.5 are read')
  }
}

/** A loaded import with the name the importing model gives it. */
export interface LoadedImport extends Loaded {
  readonly name: string
}

function loadImports(
  root: XmlElement,
  resolve: ResolveImport,
  path: readonly string[],
): LoadedImport[] {
  return childrenNamed(root, 'import').flatMap((element) => {
    const type = element.attributes.get('importType') ?? ''
    if (!type.includes('/spec/DMN/')) return []
    const namespace = element.attributes.get('namespace') ?? ''
    const xml = resolve(namespace, element.attributes.get('locationURI'))
    if (xml === undefined)
      throw new DmnRefused('IMPORT_MISSING', `the import ${namespace} was not found`)
    return [{ ...load(xml, resolve, path), name: element.attributes.get('name') ?? '' }]
  })
}

/** Turns the elements of one model into data. */
class ModelLoader {
  private readonly root: XmlElement
  private readonly namespace: string
  private readonly imports: readonly LoadedImport[]
  private readonly types: TypeNames
  private readonly ids = new Map<string, string>()

  constructor(
    root: XmlElement,
    namespace: string,
    imports: readonly LoadedImport[],
    types: TypeNames,
  ) {
    this.root = root
    this.namespace = namespace
    this.imports = imports
    this.types = types
    for (const element of root.children) {
      const id = element.attributes.get('id')
      const name = element.attributes.get('name')
      if (id !== undefined && name !== undefined) this.ids.set(id, name)
    }
  }

  load(): Loaded {
    checkLanguage(this.root)
    const model: DecisionModel = {
      name: this.root.attributes.get('name') ?? '',
      types: childrenNamed(this.root, 'itemDefinition').map((element) => this.type(element)),
      inputs: childrenNamed(this.root, 'inputData').map((element) => this.named(element)),
      decisions: childrenNamed(this.root, 'decision').map((element) => this.decision(element)),
      knowledge: childrenNamed(this.root, 'businessKnowledgeModel').map((element) =>
        this.knowledge(element),
      ),
      services: childrenNamed(this.root, 'decisionService').map((element) => this.service(element)),
      imports: this.imports.map(({ name, model: imported }) => ({ name, model: imported })),
    }
    return { model, namespace: this.namespace, ids: this.ids }
  }

  private named(element: XmlElement): ModelParameter {
    const variable = childNamed(element, 'variable')
    const type = variable === undefined ? undefined : typeRefOf(variable, this.types)
    return { name: element.attributes.get('name') ?? '', ...(type === undefined ? {} : { type }) }
  }

  private type(element: XmlElement): ModelType {
    const base = typeRefOf(element, this.types)
    const direct = childNamed(element, 'typeRef')?.text.trim()
    const allowed =
      textOf(childNamed(element, 'allowedValues')) ?? textOf(childNamed(element, 'typeConstraint'))
    const fields = childrenNamed(element, 'itemComponent')
    const named = base ?? (direct === undefined ? undefined : this.types.rename(direct))
    return {
      name: element.attributes.get('name') ?? '',
      ...(named === undefined ? {} : { base: named }),
      ...(fields.length === 0 ? {} : { fields: fields.map((field) => this.type(field)) }),
      ...(element.attributes.get('isCollection') === 'true' ? { isList: true } : {}),
      ...(allowed === undefined ? {} : { allowed }),
      ...this.functionType(childNamed(element, 'functionItem')),
    }
  }

  private functionType(element: XmlElement | undefined): Pick<ModelType, 'parameters' | 'result'> {
    if (element === undefined) return {}
    const result = element.attributes.get('outputTypeRef')
    return {
      parameters: loadParameters(childrenNamed(element, 'parameters'), this.types),
      ...(result === undefined ? {} : { result: this.types.rename(result) }),
    }
  }

  private decision(element: XmlElement): Decision {
    const logic = loadBoxed(element, this.types)
    return {
      ...this.named(element),
      ...(logic === undefined ? {} : { logic }),
      requires: this.requirements(element),
    }
  }

  private requirements(element: XmlElement): Requirement[] {
    return element.children
      .filter(({ name }) => name === 'informationRequirement' || name === 'knowledgeRequirement')
      .flatMap((requirement) => requirement.children.map((child) => this.reference(child)))
  }

  /** `#id` of this model or `namespace#id` of an imported one. */
  private reference(element: XmlElement): Requirement {
    const href = element.attributes.get('href') ?? ''
    const hash = href.indexOf('#')
    const namespace = href.slice(0, Math.max(hash, 0))
    const id = href.slice(hash + 1)
    if (namespace === '' || namespace === this.namespace || `${namespace}/` === this.namespace) {
      const name = this.ids.get(id)
      if (name === undefined) throw new DmnRefused('REFERENCE', `nothing has the id ${href}`)
      return { name }
    }
    // Some tools write the name space of a reference without its last slash.
    const from = this.imports.find(
      (imported) => imported.namespace === namespace || imported.namespace === `${namespace}/`,
    )
    const name = from?.ids.get(id)
    if (from === undefined || name === undefined)
      throw new DmnRefused('REFERENCE', `nothing has the id ${href}`)
    return from.name === '' ? { name } : { name, from: from.name }
  }

  private knowledge(element: XmlElement): KnowledgeModel {
    const logic = childNamed(element, 'encapsulatedLogic')
    const isExternal = !['FEEL', undefined].includes(logic?.attributes.get('kind'))
    const body = logic === undefined || isExternal ? undefined : loadBoxed(logic, this.types)
    const type = logic === undefined ? undefined : typeRefOf(logic, this.types)
    const { name, type: variableType } = this.named(element)
    // The variable of a knowledge model may have the type of the function: then the result is not
    // that.
    const resultType = type ?? (this.types.isFunction(variableType) ? undefined : variableType)
    const external = { kind: 'typed' as const, type: 'Any', value: 'null' }
    const found = isExternal ? external : body
    return {
      name,
      parameters: loadParameters(
        logic === undefined ? [] : childrenNamed(logic, 'formalParameter'),
        this.types,
      ),
      ...(resultType === undefined ? {} : { type: resultType }),
      ...(found === undefined ? {} : { logic: found }),
      requires: this.requirements(element),
    }
  }

  private service(element: XmlElement): DecisionService {
    const all = (name: string): Requirement[] =>
      childrenNamed(element, name).map((child) => this.reference(child))
    const { name, type } = this.named(element)
    return {
      name,
      ...(type === undefined || this.types.isFunction(type) ? {} : { type }),
      inputData: all('inputData'),
      inputDecisions: all('inputDecision'),
      outputDecisions: all('outputDecision'),
      encapsulatedDecisions: all('encapsulatedDecision'),
    }
  }
}

function checkLanguage(root: XmlElement): void {
  const language = root.attributes.get('expressionLanguage')
  if (language === undefined || language.includes('/FEEL')) return
  throw new DmnRefused('EXPRESSION_LANGUAGE', `the expression language is ${language}, not FEEL`)
}
