/*
 * Loads and checks every package of services/ once, in a process that did nothing before, and prints
 * the milliseconds: a new process each time, because a second load would find everything warm. Then the
 * same once more from new folders, which is what one more package costs a process under way.
 */
import { performance } from 'node:perf_hooks'
import { cpuUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { PackageFolders } from '@renshe/cli'
import { checkPackage, hasErrors, runRuleExamples } from '@renshe/contracts'

const SERVICES = fileURLToPath(new URL('../services', import.meta.url))

/** Reads, builds, compiles, checks and asks every package, and tells how many there are. */
function loadAndCheck(): number {
  const folders = new PackageFolders(SERVICES)
  const packages = folders.names().map((name) => folders.compile(name))
  const services = packages.map(({ document }) => document.name)
  for (const compiled of packages) {
    const { document, uses } = compiled
    const problems = checkPackage(document, { libraries: [...uses.values()], services })
    const wrong = hasErrors(problems) ? problems : runRuleExamples(compiled)
    if (wrong.length > 0) throw new Error(`${document.name}: ${JSON.stringify(wrong[0])}`)
  }
  return packages.length
}

function measured(): { packages: number; processor: number; wall: number } {
  const [begin, before] = [performance.now(), cpuUsage()]
  const packages = loadAndCheck()
  const { user, system } = cpuUsage(before)
  return { packages, processor: (user + system) / 1000, wall: performance.now() - begin }
}

console.log(JSON.stringify({ first: measured(), again: measured() }))
