import type { Located, Place } from './located-yaml.ts'

/**
 * Remembers which part of the author's files each object of the document was made from, so that a
 * problem found in the document is told at its line in the file.
 */
export class SourceMap {
  readonly #places = new WeakMap<object, { place: Place; members: ReadonlyMap<string, Place> }>()

  /** Notes that `made` comes from `from`, and returns it. */
  note<Made extends object>(made: Made, from: Located): Made {
    const members = new Map<string, Place>()
    if (from.kind === 'map')
      for (const [name, value] of from.members()) members.set(name, value.place)
    if (from.kind === 'list')
      from.list().forEach((item, index) => {
        members.set(String(index), item.place)
      })
    this.#places.set(made, { place: from.place, members })
    return made
  }

  /** Notes an object whose members come from several places, for example from several files. */
  noteMembers(made: object, members: ReadonlyMap<string, Located>, place: Place): void {
    const places = new Map([...members].map(([name, value]) => [name, value.place]))
    this.#places.set(made, { place, members: places })
  }

  /** Notes an object that is no part of a YAML file, such as a row of a table. */
  notePlace<Made extends object>(made: Made, place: Place): Made {
    this.#places.set(made, { place, members: new Map() })
    return made
  }

  /** Nearest known place of a JSON pointer into `document`. */
  find(document: object, pointer: string, fallback: Place): Place {
    let place = fallback
    let current: unknown = document
    for (const token of ['', ...pointer.split('/').slice(1)]) {
      if (token !== '') {
        const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
        const known = this.#of(current)
        place = known?.members.get(name) ?? place
        current = (current as Record<string, unknown> | null | undefined)?.[name]
      }
      place = this.#of(current)?.place ?? place
    }
    return place
  }

  #of(value: unknown) {
    return typeof value === 'object' && value !== null ? this.#places.get(value) : undefined
  }
}
