/*
 * The chain that growth, evidence and the API are measured on: the fictional library card on the real contracts,
 * founded as a node founds it; its steps are signed by the school's own system.
 */

import { readFileSync } from 'node:fs'
import type { Bytes, PrivateKey } from '@renshe/crypto'
import { frameBundle, makeBody, signTransaction } from '@renshe/kernel'
import { type Genesis, type OpenLedger, type OpenSettings, openLedger } from '@renshe/ledger'
import { dataLayout } from '../node/src/found/data-layout.ts'
import { type ConsortiumTerms, foundConsortium } from '../node/src/found/found-consortium.ts'
import {
  drawnFrom,
  LIBRARY_START,
  libraryTerms,
} from '../node/src/found/library-consortium.fixture.ts'
import { readPackages, rulesByProtocol } from '../node/src/host-parts.ts'
import { openKeyStore } from '../node/src/keys/key-store.ts'
import { transactionSigner } from '../node/src/keys/member-keys.ts'
import { demonstrationPassphrases } from '../node/src/keys/passphrase.ts'

/** When the chain begins, UTC ms. */
export const CHAIN_TIME = LIBRARY_START

/** How long a body may wait for its block. */
const BODY_LIFE_MS = 10 * 60_000

/** A founded consortium in a folder. */
export interface LibraryChain {
  readonly folder: string
  readonly genesis: Genesis
  /** Fingerprint and key of the system that signs the steps. */
  readonly school: { readonly certificate: string; readonly key: PrivateKey }
}

/** Founds the consortium, or finds the one that lies in the folder. */
export async function foundLibrary(
  folder: string,
  change: Partial<ConsortiumTerms> = {},
): Promise<LibraryChain> {
  const genesis = await foundConsortium({ ...libraryTerms(folder), ...change })
  return { folder, genesis, school: await systemOf(folder, 'school') }
}

/** The system key of a member, from its key folder. */
export async function systemOf(folder: string, member: string): Promise<LibraryChain['school']> {
  const keys = openKeyStore({
    folder: dataLayout(folder).member(member).keys,
    suite: 'RS-INTL-1',
    demonstration: true,
    passphrases: demonstrationPassphrases(member),
    random: drawnFrom(`bench ${member}`),
  })
  return transactionSigner(keys, 'system')
}

/** The operator's copy of the ledger, without an engine. */
export async function openCopy(
  folder: string,
  change: Partial<OpenSettings> = {},
): Promise<OpenLedger> {
  const layout = dataLayout(folder)
  return openLedger({
    folder: layout.member('city-library').ledger,
    contracts: rulesByProtocol(),
    genesisFile: new Uint8Array(readFileSync(layout.genesisFile)),
    packages: readPackages(layout),
    clock: () => CHAIN_TIME,
    ...change,
  })
}

/** Signs steps: each asks for a library card under a number of its own. */
export class StepMaker {
  readonly #chain: LibraryChain
  readonly #random: (length: number) => Bytes
  readonly #prefix: string
  #count = 0

  /** @param name  steps of two makers of one chain differ by it */
  constructor(chain: LibraryChain, name: string) {
    this.#chain = chain
    this.#random = drawnFrom(`steps ${name}`)
    this.#prefix = name
  }

  /** One framed, signed step, good for a block at `timeMs`. */
  step(timeMs: number): Bytes {
    const { genesis, school } = this.#chain
    const number = `${this.#prefix}-${String(this.#count++).padStart(9, '0')}`
    const fields = { number, kind: 'CHILD', branch: 'city-library' }
    const body = makeBody({
      chain: genesis.chain,
      action: 'cases.openCase',
      input: { service: 'library-card', fields },
      signer: school.certificate,
      nonce: this.#random(16),
      expiresAt: timeMs + BODY_LIFE_MS,
    })
    return signTransaction(body, school.key)
  }

  /** One bundle of `count` steps. */
  bundle(count: number, timeMs: number): Bytes {
    return frameBundle(Array.from({ length: count }, () => this.step(timeMs)))
  }
}
