/* A whole consortium in one data folder: demonstrations and tests. Real members hold the ceremony in parts. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { packageHash } from '@renshe/contracts'
import type { Bytes, JsonObject, RandomSource } from '@renshe/crypto'
import type { Genesis } from '@renshe/ledger'
import { type KeyStore, openKeyStore } from '../keys/key-store.ts'
import { demonstrationPassphrases, type PassphraseSource } from '../keys/passphrase.ts'
import { dataLayout } from './data-layout.ts'
import {
  type FoundingFile,
  type FoundingMember,
  FoundingRefused,
  makeFoundingFile,
} from './founding-member.ts'
import {
  assembleGenesis,
  completeGenesis,
  type GenesisSignature,
  type GenesisTerms,
  signGenesis,
} from './genesis-ceremony.ts'
import { type NodeMember, writeNodeFile } from './node-file.ts'

/** A consortium to be founded in one folder. */
export interface ConsortiumTerms {
  /** Name of the chain; a demonstration's begins with `demo`. */
  readonly name: string
  /** UTC ms of block 0, whole seconds. */
  readonly time: number
  readonly members: readonly FoundingMember[]
  /** Member that orders the blocks; by default the first voting one. */
  readonly operator?: string
  /** By default every other voting member. */
  readonly witnesses?: readonly string[]
  /** By default more than half of the witnesses. */
  readonly threshold?: number
  readonly packages?: readonly Bytes[]
  readonly parameters?: GenesisTerms['parameters']
  readonly governance?: readonly JsonObject[]
  readonly suite?: 'RS-INTL-1' | 'RS-GM-1'
  readonly dataFolder: string
  readonly random: RandomSource
  /** By default those of a demonstration, which anyone can compute. */
  readonly passphrases?: (member: string) => PassphraseSource
  /** How members' nodes work, where they do more than the usual. */
  readonly nodes?: Readonly<Record<string, Partial<Pick<NodeMember, 'determines' | 'bank'>>>>
  /** `scripted` by default for demonstrations. */
  readonly clock?: 'wall' | 'scripted'
}

/**
 * Makes the keys of every member, the genesis document with every founder's signature, and the data
 * folder that a host starts from.
 *
 * @throws FoundingRefused if the folder already holds a consortium; LedgerFault `GENESIS_REFUSED`
 */
export async function foundConsortium(terms: ConsortiumTerms): Promise<Genesis> {
  const layout = dataLayout(terms.dataFolder)
  if (existsSync(layout.genesisFile)) {
    throw new FoundingRefused('a consortium lies here', { folder: terms.dataFolder })
  }
  const roles = partsOf(terms)
  const { founders, foundings } = await makeFoundings(terms, roles.operator)
  const packages = terms.packages ?? []
  const document = assembleGenesis({
    ...roles,
    name: terms.name,
    time: terms.time,
    suite: terms.suite ?? 'RS-INTL-1',
    foundings,
    packages,
    parameters: terms.parameters ?? [],
    governance: terms.governance ?? [],
  })
  const signatures: GenesisSignature[] = []
  for (const { keys, founding } of founders) {
    signatures.push(await signGenesis(keys, document, founding))
  }
  const { file, genesis } = completeGenesis(document, signatures)
  mkdirSync(layout.packagesFolder, { recursive: true })
  for (const bytes of packages) writeFileSync(layout.packageFile(packageHash(bytes)), bytes)
  const isDemonstration = terms.name.startsWith('demo')
  writeNodeFile(layout.nodeFile, {
    v: 1,
    chain: genesis.chain,
    operator: roles.operator,
    clock: terms.clock ?? (isDemonstration ? 'scripted' : 'wall'),
    members: terms.members
      .map(({ id }) => id)
      .sort()
      .map((id) => {
        const replica = id === roles.operator || roles.witnesses.includes(id)
        const settings = terms.nodes?.[id] ?? {}
        return { id, hosted: true, replica, url: null, determines: false, bank: null, ...settings }
      }),
  })
  // Last: a folder with a genesis is complete.
  writeFileSync(layout.genesisFile, file, { flush: true })
  return genesis
}

function partsOf(terms: ConsortiumTerms) {
  const voting = terms.members.filter((member) => member.voting).map(({ id }) => id)
  const operator = terms.operator ?? voting[0]
  if (operator === undefined) throw new FoundingRefused('nobody may order the blocks')
  const witnesses = terms.witnesses ?? voting.filter((id) => id !== operator)
  const threshold = terms.threshold ?? Math.ceil((witnesses.length + 1) / 2)
  return { operator, witnesses, threshold: Math.min(threshold, witnesses.length) }
}

async function makeFoundings(
  terms: ConsortiumTerms,
  operator: string,
): Promise<{
  founders: { keys: KeyStore; founding: FoundingFile }[]
  foundings: FoundingFile[]
}> {
  const layout = dataLayout(terms.dataFolder)
  const suite = terms.suite ?? 'RS-INTL-1'
  const passphrases = terms.passphrases ?? demonstrationPassphrases
  const founders: { keys: KeyStore; founding: FoundingFile }[] = []
  for (const member of terms.members) {
    const keys = openKeyStore({
      folder: layout.member(member.id).keys,
      suite,
      demonstration: terms.name.startsWith('demo'),
      passphrases: passphrases(member.id),
      random: terms.random,
    })
    const founding = await makeFoundingFile(member, {
      keys,
      suite,
      isOperator: member.id === operator,
      member: member.id,
      chainName: terms.name,
      notBefore: terms.time,
      random: terms.random,
    })
    founders.push({ keys, founding })
  }
  return { founders, foundings: founders.map(({ founding }) => founding) }
}
