/**
 * Goal: every package of services/ and demo/packages/ is green, with every example played.
 * Method: what `renshe service check` does, on the real folders.
 */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkService } from './check-service.ts'
import { PackageFolders } from './package-folders.ts'

const roots = ['../../../services', '../../../demo/packages'].map(
  (path) => new PackageFolders(fileURLToPath(new URL(path, import.meta.url))),
)

describe.each(roots)('$root', (folders) => {
  it('holds packages', () => {
    expect(folders.names().length).toBeGreaterThan(0)
  })

  it.each(folders.names())('%s', (name) => {
    const { ok, problems, ruleExamples, caseExamples } = checkService(folders, name)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(ok).toBe(true)
    const { service, rules } = folders.build(name).document
    // A service without a played case, or rules without an example, would be green for nothing.
    if (service !== null) expect(caseExamples).toBeGreaterThan(0)
    if (rules.length > 0) expect(ruleExamples).toBeGreaterThan(0)
  })
})
