/** One thing that is wrong with a package, told so that its author finds it. */
export interface Problem {
  /** JSON pointer in the document. */
  readonly path: string
  /** Stable, upper case, for example `NAME_UNKNOWN`. */
  readonly code: string
  readonly expected: string
  /** What stands there, shortened; empty where something is missing. */
  readonly came: string
  /** A warning does not keep a package from being published. */
  readonly severity: 'error' | 'warning'
  /** Place inside a FEEL text, from 1. */
  readonly position?: { readonly line: number; readonly column: number }
}

/** More problems than this tell an author nothing new. */
const MOST_PROBLEMS = 200
const LONGEST_CAME = 80

/** Collects problems. */
export class Problems {
  readonly #found: Problem[] = []

  get all(): readonly Problem[] {
    return this.#found
  }

  /** Whether a package with these problems must not be published. */
  get hasErrors(): boolean {
    return this.#found.some(({ severity }) => severity === 'error')
  }

  error(path: string, code: string, expected: string, came: unknown = ''): void {
    this.add({ path, code, expected, came: spell(came), severity: 'error' })
  }

  warn(path: string, code: string, expected: string, came: unknown = ''): void {
    this.add({ path, code, expected, came: spell(came), severity: 'warning' })
  }

  add(problem: Problem): void {
    if (this.#found.length < MOST_PROBLEMS) this.#found.push(problem)
  }
}

/** A value in a few characters, cut between code points. */
function spell(came: unknown): string {
  const text = typeof came === 'string' ? came : (JSON.stringify(came) ?? '')
  const points = [...text]
  return points.length <= LONGEST_CAME ? text : `${points.slice(0, LONGEST_CAME).join('')}…`
}

/** A step of a JSON pointer. */
export function pointer(path: string, name: string | number): string {
  return `${path}/${`${name}`.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
