/*
 * Loads and checks every package of services/ once, in a process that did nothing before, and prints
 * the milliseconds: a new process each time, because a second load would find everything warm.
 */
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { PackageFolders } from '@renshe/cli'
import { checkPackage, hasErrors, runRuleExamples } from '@renshe/contracts'

const begin = performance.now()
const folders = new PackageFolders(fileURLToPath(new URL('../services', import.meta.url)))
const packages = folders.names().map((name) => folders.compile(name))
const loaded = performance.now()
const services = packages.map(({ document }) => document.name)
for (const { document, uses } of packages) {
  const problems = checkPackage(document, { libraries: [...uses.values()], services })
  if (hasErrors(problems)) throw new Error(`${document.name}: ${JSON.stringify(problems[0])}`)
}
const checked = performance.now()
for (const compiled of packages) {
  const [failure] = runRuleExamples(compiled)
  if (failure !== undefined)
    throw new Error(`${compiled.document.name}: ${JSON.stringify(failure)}`)
}
const answered = performance.now()
const milliseconds = {
  packages: packages.length,
  load: loaded - begin,
  check: checked - loaded,
  ruleExamples: answered - checked,
}
console.log(JSON.stringify(milliseconds))
