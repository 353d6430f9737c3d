import type { LoadedImport } from './load-dmn.ts'
import type { XmlElement } from './read-xml.ts'

/** How a model names types: plain, `prefix:name`, or `import.name`. */
export interface TypeNames {
  /** The name within our data: plain for FEEL's and own types, `import.name` for imported ones. */
  rename(typeRef: string): string
  /** Whether a type of this model is a function type. */
  isFunction(name: string | undefined): boolean
}

/** Names of types as a model with these imports and prefixes writes them. */
export function typeNamesOf(
  namespace: string,
  imports: readonly LoadedImport[],
  prefixes: ReadonlyMap<string, string>,
): TypeNames {
  return {
    rename(typeRef) {
      const colon = typeRef.indexOf(':')
      if (colon < 0) return typeRef
      const name = typeRef.slice(colon + 1)
      const uri = prefixes.get(typeRef.slice(0, colon))
      if (uri === undefined || uri === namespace) return name
      const from = imports.find((imported) => imported.namespace === uri)
      return from === undefined || from.name === '' ? name : `${from.name}.${name}`
    },
    isFunction: (name) => name?.startsWith('function') ?? false,
  }
}

/** The type an element refers to; undefined when it refers to none, or to Any. */
export function typeRefOf(element: XmlElement, types: TypeNames): string | undefined {
  const typeRef = element.attributes.get('typeRef')
  if (typeRef === undefined || typeRef === '') return undefined
  return types.rename(typeRef.trim())
}
