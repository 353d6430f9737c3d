import { type Problem, Problems, pointer } from '../catalogue/check/problem.ts'
import type { CompiledPackage } from '../catalogue/compiled-package.ts'
import type { ExamplePlayer } from '../catalogue/examples.ts'
import type { PackageDocument } from '../catalogue/package-document.ts'
import { playExample } from './play-example.ts'

/**
 * Plays every case example of a package as its publication does. Packages of an example's world that
 * this one neither is nor uses are not at hand then: such an example is told as a warning, and the
 * author's own check plays it.
 */
export const playCaseExamples: ExamplePlayer = (compiled) => {
  const problems = new Problems()
  const libraries = documentsUsed(compiled)
  const known = new Set([compiled.document.name, ...libraries.map(({ name }) => name)])
  compiled.document.examples.cases.forEach((example, index) => {
    const path = pointer('/examples/cases', index)
    const missing = example.world.packages.filter((name) => !known.has(name))
    if (missing.length > 0) {
      problems.warn(
        `${path}/world/packages`,
        'EXAMPLE_NOT_PLAYED',
        'packages that it uses',
        missing,
      )
      return
    }
    for (const { act, what, expected, came } of playExample(compiled.document, libraries, example)
      .failures) {
      const wanted = typeof expected === 'string' ? expected : JSON.stringify(expected)
      problems.error(`${path}/acts/${act}/expect/${what}`, 'EXAMPLE_DIFFERS', wanted, came)
    }
  })
  return problems.all as readonly Problem[]
}

function documentsUsed(compiled: CompiledPackage): PackageDocument[] {
  const found = new Map<string, PackageDocument>()
  const visit = (used: CompiledPackage): void => {
    for (const library of used.uses.values()) {
      if (found.has(library.document.name)) continue
      found.set(library.document.name, library.document)
      visit(library)
    }
  }
  visit(compiled)
  return [...found.values()]
}
