/* A fair as a consortium: who keeps it, who pays, who witnesses, and where their banks' files lie. */
import { packageBytes } from '@renshe/contracts'
import { foundConsortium } from '../found/found-consortium.ts'
import { drawnFrom, LIBRARY_START } from '../found/library-consortium.fixture.ts'
import type { BankPlace } from '../found/node-file.ts'
import { FAIR_FEE, FAIR_FOUNDING, FAIR_RULES } from './fair-packages.fixture.ts'

/** The bank accounts of the two members that have a bank. */
export const FAIR_ACCOUNTS = { keeper: '6200000000000001', payer: '6200000000000002' } as const
export type FairSide = keyof typeof FAIR_ACCOUNTS
export const FAIR_SIDES: readonly FairSide[] = ['keeper', 'payer']

/** Where one side's bank files lie: the member sends to `outFolder`, the bank answers to `inFolder`. */
export function fairBank(inFolder: string, outFolder: string): BankPlace {
  const notice = { section: 'notice', fields: { reference: 'bankReference' } } as const
  const fields = { register: 'fair-account', numberField: 'accountNo', nameField: 'accountName' }
  return { ...fields, inFolder, outFolder, notice }
}

/** Founds the fair in a data folder; the keys are the same every time. */
export async function foundFairConsortium(
  dataFolder: string,
  bankOf: (side: FairSide) => BankPlace,
  change: { readonly clock?: 'wall' } = {},
): Promise<void> {
  const member = (id: string, voting: boolean) => ({
    id,
    name: { zh: `示例·${id}`, en: `Sample ${id}` },
    roles: id === 'keeper' ? ['LIB'] : [],
    voting,
    officers: [],
  })
  await foundConsortium({
    name: 'demo-fair',
    time: LIBRARY_START,
    members: [member('keeper', true), member('payer', false), member('witness', true)],
    packages: [FAIR_RULES, FAIR_FOUNDING, FAIR_FEE].map((document) => packageBytes(document)),
    nodes: Object.fromEntries(FAIR_SIDES.map((side) => [side, { bank: bankOf(side) }])),
    dataFolder,
    random: drawnFrom('fair'),
    ...change,
  })
}
