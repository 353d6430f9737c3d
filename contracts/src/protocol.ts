/* The contracts of protocol 1: modules in their fixed order, assembled for kernel and ledger. */
import type { Bytes, JsonObject } from '@renshe/crypto'
import {
  type Action,
  type AnyCollection,
  amendments,
  type Context,
  type Contracts,
  findInputFault,
  type Query,
} from '@renshe/kernel'
import { accessBook } from './access/rule-book.ts'
import { findCaseFacts } from './cases/case-facts.ts'
import { playCaseExamples } from './cases/play-case-examples.ts'
import { casesBook } from './cases/rule-book.ts'
import type { ExamplePlayer } from './catalogue/examples.ts'
import { foundCatalogue } from './catalogue/founding.ts'
import { catalogueBook, catalogueEnactments } from './catalogue/rule-book.ts'
import { fundsBook } from './funds/rule-book.ts'
import { type Genesis, GenesisDocument } from './genesis-document.ts'
import { foundGovernance, foundingText } from './governance/founding.ts'
import { currentPolicy, protocolAt } from './governance/policy.ts'
import { governanceBook } from './governance/rule-book.ts'
import { ledgerParameters } from './governance/settings.ts'
import { foundMembership } from './membership/founding.ts'
import { membershipBook } from './membership/rule-book.ts'
import { resolveSigner } from './membership/signer.ts'
import { registersBook } from './registers/rule-book.ts'
import { raiseAlert } from './supervision/raise-alert.ts'
import { supervisionBook } from './supervision/rule-book.ts'
import type { RuleBook } from './vocabulary/rule-book.ts'

/** Version of the contract code that this package holds. */
export const PROTOCOL = 1

/** What assembling leaves open. */
export interface ContractsOptions {
  /** Plays case examples at publication; left out, the player of the module of cases. */
  readonly examplePlayer?: ExamplePlayer
}

/** Assembles the contracts of {@link PROTOCOL}. */
export function createContracts(options: ContractsOptions = {}): Contracts {
  const books: readonly RuleBook[] = [
    membershipBook,
    governanceBook(catalogueEnactments),
    catalogueBook(options.examplePlayer ?? playCaseExamples),
    registersBook,
    accessBook({ raiseAlert, findCase: findCaseFacts }),
    fundsBook,
    supervisionBook,
    casesBook,
  ]
  return {
    protocol: PROTOCOL,
    actions: byName(books.flatMap((book): readonly Action<never>[] => book.actions)),
    queries: byName(books.flatMap((book): readonly Query<never>[] => book.queries)),
    collections: [
      ...byName([
        amendments,
        ...books.flatMap((book): readonly AnyCollection[] => book.collections),
      ]).values(),
    ],
    found,
    resolveSigner,
    parameters: ledgerParameters,
    policy: currentPolicy,
    protocolFor: protocolAt,
  }
}

/** By name, ascending; a name given twice is a mistake of this code. */
function byName<Named extends { readonly name: string }>(
  all: readonly Named[],
): ReadonlyMap<string, Named> {
  const sorted = [...all].sort((a, b) => (a.name < b.name ? -1 : 1))
  const map = new Map(sorted.map((named) => [named.name, named]))
  if (map.size !== all.length) throw new Error('two parts of the contracts have one name')
  return map
}

/** Block 0: what the genesis document says, modules in their order. */
function found(ctx: Context, document: JsonObject, packages: ReadonlyMap<string, Bytes>): void {
  const fault = findInputFault(GenesisDocument, document)
  if (fault !== undefined) ctx.refuse({ code: 'GENESIS_INVALID', ...fault })
  const genesis = document as unknown as Genesis
  if (genesis.protocol !== PROTOCOL) {
    ctx.refuse({ code: 'GENESIS_PROTOCOL', protocol: genesis.protocol, supported: PROTOCOL })
  }
  if (genesis.demonstration !== genesis.name.startsWith('demo')) {
    ctx.refuse({ code: 'GENESIS_DEMONSTRATION', name: genesis.name })
  }
  foundMembership(ctx, genesis, foundingText(genesis.parameters, 'membership.extensionArc'))
  foundGovernance(ctx, genesis)
  foundCatalogue(ctx, genesis, packages)
}
