/* The reading club on a real chain: who writes, who owns, who recomputes, who orders the blocks. */
import { packageBytes } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import type { Host } from '../host.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import {
  CLUB_ENROLMENT,
  CLUB_FEES,
  CLUB_FOUNDING,
  CLUB_RULES,
} from '../testing/club-packages.fixture.ts'
import type { ConsortiumTerms } from './found-consortium.ts'
import { drawnFrom, LIBRARY_START } from './library-consortium.fixture.ts'

const MEMBERS = [
  { id: 'club', roles: ['LIB'], voting: true },
  { id: 'overseer', roles: ['SUP'], voting: true },
  { id: 'school', roles: [], voting: false },
  { id: 'treasury', roles: [], voting: true },
]

/** Terms of the club's consortium; `determines`: whose systems compute by themselves. */
export function clubTerms(dataFolder: string, determines: readonly string[] = []): ConsortiumTerms {
  return {
    name: 'demo-club',
    time: LIBRARY_START,
    operator: 'overseer',
    members: MEMBERS.map((member) => ({
      ...member,
      name: { zh: `示例·${member.id}`, en: `Sample ${member.id}` },
      officers: [],
    })),
    parameters: [{ name: 'ledger.snapshotDelay', value: 2 }],
    packages: [CLUB_RULES, CLUB_FOUNDING, CLUB_ENROLMENT, CLUB_FEES].map((document) =>
      packageBytes(document),
    ),
    nodes: Object.fromEntries(determines.map((id) => [id, { determines: true }])),
    dataFolder,
    random: drawnFrom('club'),
  }
}

/** Founds the club and enrols readers 0 … count − 1. */
export async function enrolReaders(host: Host, count: number): Promise<void> {
  const founding = { service: 'club-founding', fields: { number: 'C-1', treasurer: 'treasury' } }
  const club = host.member('club')
  const opened = await club.act('cases.openCase', founding)
  await club.act('cases.actOnStep', { case: opened.data.case as string, step: 'found' })
  const school = host.member('school')
  const enrolment = { service: 'club-enrolment', fields: { number: 'C-1' } }
  const { data } = await school.act('cases.openCase', enrolment)
  const rows = feeRows(count).map(({ memberId, name }) => ({ memberId, name }) as JsonObject)
  const input = { case: data.case as string, step: 'enrol' }
  await school.act('cases.actOnStep', input, 'system', {
    batch: { section: 'readers', count, rows },
  })
}

/** The school sends a month of fees with a note; gives the case and the act. */
export async function sendFees(
  host: Host,
  month: string,
  rows: readonly JsonObject[],
): Promise<{ readonly case: string; readonly txId: string }> {
  const school = host.member('school')
  const fields = { number: 'C-1', month }
  const { data } = await school.act('cases.openCase', { service: 'club-fees', fields })
  const caseId = data.case as string
  const { txId } = await school.act(
    'cases.actOnStep',
    { case: caseId, step: 'send', fields: { month, place: 'HALL' } },
    'system',
    {
      batch: { section: 'fees', count: rows.length, rows },
      sections: { note: { noteText: 'for 𠮷野家' } },
    },
  )
  return { case: caseId, txId }
}
