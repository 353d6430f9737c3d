/* Who may sign in to the demonstration: an officer or two of each party, and one worker. */
import { makeAccount } from '@renshe/node'
import { NAMES, OFFICERS, PARTS, type Part } from '../annuity/consortium.ts'
import { PLAN } from '../annuity/set-up-plan.ts'
import { SAMPLE_WORKER } from './sample-month.ts'
import { memberOf, type SceneParty, type Words } from './scene.ts'

/** One that a visitor may be. */
export interface SampleAccount {
  /** What it signs in with: `<member>/<officer>`, or `worker`. */
  readonly name: string
  readonly kind: 'officer' | 'person'
  readonly party: SceneParty
  readonly member: string
  readonly memberName: Words
  readonly officer: string | null
  readonly roles: readonly string[]
  readonly label: Words
}

/** The password of all sample accounts, published: who asks for it is told it. */
export const SAMPLE_PASSWORD = 'renshe-demonstration'
/** Account of the worker. */
export const WORKER_ACCOUNT = 'worker'

/** What officers are called; they do not exist. */
const OFFICER_NAMES: Readonly<Record<string, Words>> = {
  '0101': { zh: '示例·陈某 人事', en: 'Sample Chen, staff office' },
  '0102': { zh: '示例·赵某 财务', en: 'Sample Zhao, finance' },
  '0201': { zh: '示例·周某 受托运营', en: 'Sample Zhou, trustee operations' },
  '0301': { zh: '示例·吴某 账户管理', en: 'Sample Wu, account keeping' },
  '0401': { zh: '示例·郑某 托管与估值', en: 'Sample Zheng, custody and valuation' },
  '0501': { zh: '示例·孙某 投资与估值', en: 'Sample Sun, investment and valuation' },
  '0601': { zh: '示例·钱某 投资与估值', en: 'Sample Qian, investment and valuation' },
  '0701': { zh: '示例·冯某 柜面', en: 'Sample Feng, counter' },
  '0801': { zh: '示例·沈某 监管', en: 'Sample Shen, supervision' },
  '0802': { zh: '示例·韩某 监管', en: 'Sample Han, supervision' },
}

/** Every sample account, party by party in the order of the flow. */
export function samplePeople(): SampleAccount[] {
  const parts = Object.keys(PARTS) as Part[]
  const officers = parts.flatMap((party) =>
    Object.entries(OFFICERS[party]).map(([officer, roles]): SampleAccount => {
      const member = PARTS[party]
      const label = OFFICER_NAMES[officer] ?? { zh: `示例·${officer}`, en: `Sample ${officer}` }
      const name = `${member}/${officer}`
      const memberName = NAMES[party]
      return { name, kind: 'officer', party, member, memberName, officer, roles, label }
    }),
  )
  return [
    ...officers,
    {
      name: WORKER_ACCOUNT,
      kind: 'person',
      party: 'worker',
      member: memberOf({ party: 'worker' }),
      memberName: NAMES.accountManager,
      officer: null,
      roles: [],
      label: { zh: `${SAMPLE_WORKER.name} 职工`, en: 'Sample Li, worker' },
    },
  ]
}

/** Name of the account that acts in a scene. */
export function accountOf(party: SceneParty, officer: string | null): string {
  if (party === 'worker') return WORKER_ACCOUNT
  const member = PARTS[party]
  return `${member}/${officer ?? Object.keys(OFFICERS[party])[0] ?? ''}`
}

/**
 * The accounts as the node's sign-in takes them, all with the published password.
 *
 * @param worker  record of the worker's account in the plan's sub-ledger
 * @param salt    16 bytes; the hash is made once, because everybody knows the password
 */
export async function signInAccounts(worker: string, salt: Uint8Array) {
  const [first] = samplePeople()
  if (first?.officer == null) throw new Error('the demonstration has no officers')
  const known = await makeAccount(
    { name: first.name, member: first.member, officer: first.officer },
    SAMPLE_PASSWORD,
    salt,
  )
  const { salt: saltText, hash } = known
  const secret = {
    ...(saltText === undefined ? {} : { salt: saltText }),
    ...(hash === undefined ? {} : { hash }),
  }
  return samplePeople().map(({ name, member, officer, kind, party, label }) => ({
    name,
    member,
    kind,
    party,
    label,
    isSample: true,
    ...(officer === null ? { person: { plan: PLAN, account: worker } } : { officer }),
    ...secret,
  }))
}
