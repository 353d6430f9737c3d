import { type Problem, Problems, pointer } from '../catalogue/check/problem.ts'
import type { CompiledPackage } from '../catalogue/compiled-package.ts'
import type { ExamplePlayer, FindPackage } from '../catalogue/examples.ts'
import type { CaseExample, PackageDocument } from '../catalogue/package-document.ts'
import { playExample } from './play-example.ts'

/**
 * Plays every case example of a package as its publication does. What the world of an example names
 * beyond the package and what it uses must be published already: an example that cannot be played shows
 * nothing.
 */
export const playCaseExamples: ExamplePlayer = (compiled, findPackage) => {
  const problems = new Problems()
  compiled.document.examples.cases.forEach((example, index) => {
    const path = pointer('/examples/cases', index)
    const { libraries, missing } = worldOf(compiled, example, findPackage)
    if (missing.length > 0) {
      const expected = 'packages that are published'
      problems.error(`${path}/world/packages`, 'EXAMPLE_PACKAGE_MISSING', expected, missing)
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

/** Every other package of an example's world with what those use; its own libraries decide first. */
function worldOf(compiled: CompiledPackage, { world }: CaseExample, findPackage: FindPackage) {
  const found = new Map<string, PackageDocument>()
  const missing: string[] = []
  const visit = (used: CompiledPackage): void => {
    if (used.document.name === compiled.document.name || found.has(used.document.name)) return
    found.set(used.document.name, used.document)
    for (const library of used.uses.values()) visit(library)
  }
  for (const library of compiled.uses.values()) visit(library)
  for (const name of world.packages) {
    if (name === compiled.document.name || found.has(name)) continue
    const published = findPackage(name)
    if (published === undefined) missing.push(name)
    else visit(published)
  }
  return { libraries: [...found.values()], missing }
}
