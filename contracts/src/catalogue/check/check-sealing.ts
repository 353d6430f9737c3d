/* Levels, owners, readers and sharing attributes fit together, and with who computes. */
import type { ServiceDefinition } from '../package-document.ts'
import type { PackageNames } from './package-names.ts'
import type { Problems } from './problem.ts'

/** Totals of fewer rows tell what one person earns; a package that shows them names the clause. */
const LEAST_PUBLIC_ROWS = 5

/** Checks sections, forms and determinations for who may see what. */
export function checkSealing(names: PackageNames, problems: Problems): void {
  const { service } = names
  if (service === null) return
  for (const name of Object.keys(service.sections)) checkSection(service, name, problems)
  for (const [name, { of, members }] of Object.entries(service.determinations)) {
    const section = service.sections[of]
    if (section === undefined) continue
    members.forEach((party, index) => {
      if (party === section.owner || section.readers.includes(party)) return
      const path = `/service/determinations/${name}/members/${index}`
      problems.error(path, 'MEMBER_CANNOT_READ', `the owner or a reader of ${of}`, party)
    })
  }
  for (const [name, step] of Object.entries(service.steps)) {
    const path = `/service/steps/${name}`
    const form = step.form?.sections ?? []
    checkOwners(service, form, `${path}/form/sections`, problems)
    for (const [outcome, { sections }] of Object.entries(step.outcomes)) {
      checkOwners(service, [...form, ...sections], `${path}/outcomes/${outcome}`, problems)
    }
  }
}

function checkSection(service: ServiceDefinition, name: string, problems: Problems): void {
  const section = service.sections[name]
  if (section === undefined) return
  const path = `/service/sections/${name}`
  const others = section.readers.filter((reader) => reader !== section.owner)
  if (section.level === 3 && others.length > 0) {
    const expected = 'no readers but the owner: the subject releases it'
    problems.error(`${path}/readers`, 'LEVEL_READERS', expected, others)
  }
  if (section.level === 4 && section.rows !== undefined) {
    const expected = 'level 2 or 3: a panel has shares of single sections, not of rows'
    problems.error(`${path}/level`, 'LEVEL_ROWS', expected, section.level)
  }
  if (section.sharing === 'NOT_SHARED') {
    if (others.length > 0) {
      problems.error(`${path}/readers`, 'SHARING_READERS', 'no readers but the owner', others)
    }
    if (section.clause === undefined) {
      problems.error(`${path}/clause`, 'SHARING_CLAUSE', 'the clause that forbids sharing')
    }
  }
  if (section.sharing === 'UNCONDITIONAL' && holdsPersons(service, name)) {
    const expected = 'CONDITIONAL where rows or identity numbers are of persons'
    problems.warn(`${path}/sharing`, 'SHARING_PERSONS', expected, section.sharing)
  }
  const least = section.leastRows ?? LEAST_PUBLIC_ROWS
  const hasTotals = Object.keys(section.totals ?? {}).length > 0
  if (hasTotals && least < LEAST_PUBLIC_ROWS && section.clause === undefined) {
    const expected = `at least ${LEAST_PUBLIC_ROWS}, or the clause that lets totals of fewer show`
    problems.error(`${path}/leastRows`, 'LEAST_ROWS', expected, least)
  }
  if (section.totals !== undefined && section.rows === undefined) {
    problems.error(`${path}/totals`, 'TOTALS_WITHOUT_ROWS', 'rows beside them')
  }
}

function holdsPersons({ sections }: ServiceDefinition, name: string): boolean {
  const section = sections[name]
  if (section?.rows !== undefined) return true
  return Object.values(section?.fields ?? {}).some(({ type }) => type === 'resident-id')
}

/** All sections of one act lie in one record, so they have one owner. */
function checkOwners(
  { sections }: ServiceDefinition,
  names: readonly string[],
  path: string,
  problems: Problems,
): void {
  const owners = new Set(names.map((name) => sections[name]?.owner ?? ''))
  if (owners.size > 1) {
    problems.error(path, 'OWNERS', 'sections of one owner in one act', [...owners])
  }
}
