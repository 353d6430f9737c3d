import { endGrants, makeGrant } from '../access/grants.ts'
import { type CaseWork, membersOfParty } from './case-work.ts'

/**
 * Makes one grant 合约证书 for each section and reader of which both sides are bound, if one of them is
 * among the parties that have just been bound.
 *
 * @source security/sealed-data.md section 8, grant by package
 */
export function makeReaderGrants(work: CaseWork, newly: ReadonlySet<string>): void {
  for (const [section, { owner, readers }] of Object.entries(work.service.sections)) {
    for (const reader of readers) {
      if (newly.has(owner) || newly.has(reader)) makeSectionGrants(work, section, reader)
    }
  }
}

/** Grants one section of the case to every member of a party; the owner needs none. */
export function makeSectionGrants(work: CaseWork, section: string, reader: string): string[] {
  const { ctx, code, serviceCase } = work
  const compiled = code.findSection(section)
  if (compiled === undefined) return []
  const { definition, entry } = compiled
  // Level 3 is released by its subject, never by a package.
  if (definition.level === 3) return []
  const [owner] = membersOfParty(serviceCase, definition.owner)
  if (owner === undefined) return []
  const made: string[] = []
  for (const member of membersOfParty(serviceCase, reader)) {
    if (member === owner) continue
    made.push(
      makeGrant(ctx, {
        owner,
        entry,
        level: definition.level,
        caseId: serviceCase.id,
        holder: { member },
        sections: [section],
        purpose: { code: definition.purpose, service: serviceCase.service },
        basis: basisOf(work, definition.clause).map((clause) => ({ clause })),
        use: definition.use,
        retention: { amount: work.service.retention.amount, unit: work.service.retention.unit },
      }),
    )
  }
  return made
}

function basisOf(work: CaseWork, clause: string | undefined): readonly string[] {
  return clause === undefined ? work.code.document.basis.slice(0, 16) : [clause]
}

/** Ends a member's grants of the case, and makes anew those of the parties that it still is. */
export function replaceGrants(work: CaseWork, member: string, newly: ReadonlySet<string>): void {
  const { ctx, serviceCase } = work
  endGrants(ctx, { caseId: serviceCase.id, holder: member })
  const parties = new Set(newly)
  for (const party of Object.keys(serviceCase.parties)) {
    if (membersOfParty(serviceCase, party).includes(member)) parties.add(party)
  }
  makeReaderGrants(work, parties)
}
