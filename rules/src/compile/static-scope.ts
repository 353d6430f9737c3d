/** How a name is found at run time. */
export interface Resolution {
  /** Frames of filters to ask first, innermost first, as steps outwards. */
  readonly filters: readonly number[]
  /** Steps outwards to the variable's frame; undefined when the name is not a local variable. */
  readonly depth: number | undefined
}

/** The local variables around a place, innermost first. */
export class StaticScope {
  private readonly name: string | undefined
  private readonly parent: StaticScope | undefined

  /** `name` undefined stands for a filter's item. */
  private constructor(name: string | undefined, parent: StaticScope | undefined) {
    this.name = name
    this.parent = parent
  }

  /** No local variable. */
  static readonly EMPTY: StaticScope = new StaticScope('', undefined)

  /** Inside of a variable. */
  with(name: string): StaticScope {
    return new StaticScope(name, this)
  }

  /** Inside of a filter. */
  withFilter(): StaticScope {
    return new StaticScope(undefined, this)
  }

  /** Where to look for a name. */
  resolve(name: string): Resolution {
    const filters: number[] = []
    let depth = 0
    let scope: StaticScope = this
    while (scope.parent !== undefined) {
      if (scope.name === undefined) {
        filters.push(depth)
        if (name === 'item') return { filters, depth }
      } else if (scope.name === name) return { filters, depth }
      depth += 1
      scope = scope.parent
    }
    return { filters, depth: undefined }
  }
}
