import {
  checkPackage,
  type ExampleFailure,
  hasErrors,
  type PackageDocument,
  type Problem,
  playExample,
  runRuleExamples,
} from '@renshe/contracts'
import type { BuiltPackage } from './build-package.ts'
import { AuthorMistake, type Place } from './located-yaml.ts'
import type { PackageFolders } from './package-folders.ts'

/** One mistake of a package at its place in the author's files. */
export interface ServiceProblem extends Place {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly expected: string
  readonly came: string
  /** JSON pointer in the built document; empty for what kept it from being built. */
  readonly path: string
  /** Place inside a FEEL text, from 1. */
  readonly position?: { readonly line: number; readonly column: number }
}

/** How the check of one package went. */
export interface ServiceCheck {
  /** Name of the package, or of its folder if it could not be read. */
  readonly service: string
  readonly ok: boolean
  /** Hash of the built document, null if it could not be built. */
  readonly hash: string | null
  readonly bytes: number
  readonly ruleExamples: number
  readonly caseExamples: number
  readonly acts: number
  readonly problems: readonly ServiceProblem[]
}

/**
 * Checks one package as its publication does, and plays every example: build → static check → examples
 * of rules → cases, act by act through the real executor.
 *
 * @param onExample  hears which example is about to be played
 */
export function checkService(
  folders: PackageFolders,
  folder: string,
  onExample: (name: string) => void = () => {},
): ServiceCheck {
  let built: BuiltPackage
  let problems: readonly ServiceProblem[]
  try {
    built = folders.build(folder)
    problems = findProblems(folders, folder, built, onExample)
  } catch (error) {
    if (!(error instanceof AuthorMistake)) throw error
    return unbuilt(folder, error)
  }
  const { document, hash, bytes } = built
  return {
    service: document.name,
    ok: !problems.some(({ severity }) => severity === 'error'),
    hash,
    bytes: bytes.length,
    ruleExamples: document.examples.rules.length,
    caseExamples: document.examples.cases.length,
    acts: document.examples.cases.reduce((sum, { acts }) => sum + acts.length, 0),
    problems,
  }
}

function unbuilt(folder: string, { problem }: AuthorMistake): ServiceCheck {
  return {
    service: folder,
    ok: false,
    hash: null,
    bytes: 0,
    ruleExamples: 0,
    caseExamples: 0,
    acts: 0,
    problems: [{ ...problem, severity: 'error', path: '' }],
  }
}

function findProblems(
  folders: PackageFolders,
  folder: string,
  built: BuiltPackage,
  onExample: (name: string) => void,
): ServiceProblem[] {
  const { document } = built
  // Services that a case of this one may open need not be used by it.
  const services = [...new Set([...folders.names(), document.name])]
  const libraries = document.uses.map((name) => folders.compile(name))
  const found = [...checkPackage(document, { libraries, services })]
  if (!hasErrors(found)) {
    found.push(...runRuleExamples(folders.compile(folder)))
    found.push(...playCases(folders, document, onExample))
  }
  return found.map((problem) => placed(problem, built))
}

/** Every case example with the packages of its world, which lie beside this one. */
function playCases(
  folders: PackageFolders,
  document: PackageDocument,
  onExample: (name: string) => void,
): Problem[] {
  return document.examples.cases.flatMap((example, index) => {
    onExample(example.name)
    const names = [...document.uses, ...example.world.packages]
    const others = folders.documents(names.filter((name) => name !== document.name))
    const libraries = others.filter(({ name }) => name !== document.name)
    const { failures } = playExample(document, libraries, example)
    return failures.map((failure) => differs(failure, `/examples/cases/${index}`))
  })
}

function differs({ act, what, expected, came }: ExampleFailure, path: string): Problem {
  const spell = (value: unknown): string =>
    typeof value === 'string' ? value : JSON.stringify(value)
  return {
    path: `${path}/acts/${act}/expect/${what}`,
    code: 'EXAMPLE_DIFFERS',
    expected: `${what} ${spell(expected)}`,
    came: spell(came),
    severity: 'error',
  }
}

function placed(problem: Problem, { document, sources, mainFile }: BuiltPackage): ServiceProblem {
  const fallback = { file: mainFile, line: 1, column: 1 }
  return { ...sources.find(document, problem.path, fallback), ...problem }
}
