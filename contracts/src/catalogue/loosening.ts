/* What a new version of a package loosens: such a version needs the higher quorum. */
import type { PackageDocument, SectionDefinition, StepDefinition } from './package-document.ts'

/** One lock that the new version opens further. */
export interface Loosening {
  /** JSON pointer in the new version, or in the old one where it is gone. */
  readonly path: string
  readonly what:
    | 'LEVEL'
    | 'SHARING'
    | 'READER'
    | 'USE'
    | 'FOUR_EYES'
    | 'SIGNATURES'
    | 'DETERMINATION_MEMBERS'
    | 'NEVER_NEGATIVE'
    | 'EQUALITY'
    | 'LEAST_ROWS'
}

const SHARING_ORDER = ['NOT_SHARED', 'CONDITIONAL', 'UNCONDITIONAL']

/** Every lock that `after` loosens against `before`; both are versions of one package. */
export function findLoosenings(before: PackageDocument, after: PackageDocument): Loosening[] {
  const found: Loosening[] = []
  const old = before.service
  const next = after.service
  if (old !== null && next !== null) {
    for (const [name, section] of Object.entries(old.sections)) {
      const changed = next.sections[name]
      if (changed === undefined) continue
      findInSection(section, changed, `/service/sections/${name}`, found)
    }
    for (const [name, step] of Object.entries(old.steps)) {
      const changed = next.steps[name]
      if (changed !== undefined) findInStep(step, changed, `/service/steps/${name}`, found)
    }
    for (const [name, { members }] of Object.entries(old.determinations)) {
      const changed = next.determinations[name]
      if (changed !== undefined && changed.members.length < members.length) {
        found.push({
          path: `/service/determinations/${name}/members`,
          what: 'DETERMINATION_MEMBERS',
        })
      }
    }
  }
  findInCharts(before, after, found)
  return found
}

function findInSection(
  before: SectionDefinition,
  after: SectionDefinition,
  path: string,
  found: Loosening[],
): void {
  if (after.level < before.level) found.push({ path: `${path}/level`, what: 'LEVEL' })
  if (SHARING_ORDER.indexOf(after.sharing) > SHARING_ORDER.indexOf(before.sharing)) {
    found.push({ path: `${path}/sharing`, what: 'SHARING' })
  }
  if (after.use === 'STORE' && before.use === 'VIEW') {
    found.push({ path: `${path}/use`, what: 'USE' })
  }
  if ((after.leastRows ?? 5) < (before.leastRows ?? 5)) {
    found.push({ path: `${path}/leastRows`, what: 'LEAST_ROWS' })
  }
  after.readers.forEach((reader, index) => {
    if (before.readers.includes(reader)) return
    found.push({ path: `${path}/readers/${index}`, what: 'READER' })
  })
}

function findInStep(
  before: StepDefinition,
  after: StepDefinition,
  path: string,
  found: Loosening[],
): void {
  const eyes = after.by?.notSignerOf ?? []
  if ((before.by?.notSignerOf ?? []).some((step) => !eyes.includes(step))) {
    found.push({ path: `${path}/by/notSignerOf`, what: 'FOUR_EYES' })
  }
  if ((after.signatures?.need ?? 1) < (before.signatures?.need ?? 1)) {
    found.push({ path: `${path}/signatures/need`, what: 'SIGNATURES' })
  }
}

function findInCharts(before: PackageDocument, after: PackageDocument, found: Loosening[]): void {
  for (const [name, chart] of Object.entries(before.charts)) {
    const changed = after.charts[name]
    if (changed === undefined) continue
    if (changed.equalities.length < chart.equalities.length) {
      found.push({ path: `/charts/${name}/equalities`, what: 'EQUALITY' })
    }
    for (const { no, neverNegative } of chart.accounts) {
      const now = changed.accounts.find((account) => account.no === no)
      if (neverNegative === true && now !== undefined && now.neverNegative !== true) {
        found.push({ path: `/charts/${name}/accounts`, what: 'NEVER_NEGATIVE' })
      }
    }
  }
}
