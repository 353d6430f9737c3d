import { type JsonObject, toHex, utf8 } from '@renshe/crypto'
import { calendarOf } from '../../catalogue/calendar.ts'
import { type CompiledPackage, serviceOf } from '../../catalogue/compiled-package.ts'
import { getRule } from '../../catalogue/packages.ts'
import { publishedParameters } from '../../catalogue/parameters.ts'
import { residuePlaces } from '../../funds/exact.ts'
import type { AccountBalance, AppliedLines } from '../../funds/subledger.ts'
import { balanceContent, entryContent } from '../../funds/subledger-content.ts'
import { EMPTY_TREE, type SealedLeaf, subledgerTree } from '../../funds/subledger-trees.ts'
import { type ComputedDetermination, computeDetermination } from '../determination.ts'
import type { DeterminationInputs, SubledgerFacts } from '../determination-inputs.ts'
import { caseDigest } from '../digests.ts'
import { ownMember } from '../own-member.ts'
import type { Case } from '../records.ts'
import type { ExampleVault } from './example-sealing.ts'
import type { ExampleWorld } from './example-world.ts'

/** What `cases.getStep` tells of a determination. */
export interface StepDetermination {
  readonly name: string
  readonly inputs: DeterminationInputs
  readonly subledger: SubledgerFacts | null
}

/** Balances of every sub-ledger of an example, by the root that the chain holds. */
export class ExampleAccounts {
  readonly #byRoot = new Map<string, ReadonlyMap<string, AccountBalance>>([
    [EMPTY_TREE.root, new Map()],
  ])

  /** The accounts under a root. */
  at(root: string): ReadonlyMap<string, AccountBalance> {
    return this.#byRoot.get(root) ?? new Map()
  }

  /** Seals what a journal would do, and remembers the balances under the new root. */
  seal({ unitPlaces, navPlaces, head }: SubledgerFacts, applied: AppliedLines): JsonObject {
    const scale = { unitPlaces, residuePlaces: residuePlaces(unitPlaces, navPlaces) }
    const balances = subledgerTree(
      'balance',
      [...applied.balances.values()].map((balance) =>
        leafOf(balance.account, balance.version, balanceContent(balance, scale)),
      ),
    ).head
    const entries = subledgerTree(
      'entry',
      applied.entries.map((entry) =>
        leafOf(entry.account, entry.version, entryContent(entry, scale)),
      ),
    ).head
    this.#byRoot.set(balances.root, applied.balances)
    const { delta, sum, residue } = applied
    return {
      entries: { ...entries },
      balances: { ...balances },
      delta: delta as unknown as JsonObject,
      sum: sum as unknown as JsonObject,
      residue,
      previous: head.previous,
    }
  }
}

function leafOf(account: string, version: number, content: Uint8Array): SealedLeaf {
  const commitment = toHex(caseDigest('example', utf8(account), content))
  return { account, version, commitment, level: 2 }
}

/** The account of a person in an example: one per book and value of the join column. */
function accountId(book: string, person: string): string {
  return toHex(caseDigest('example', utf8(`${book} ${person}`))).slice(0, 32)
}

/**
 * Computes a determination as a member does that has opened the rows.
 *
 * @returns the submission's five parts, and what was computed; undefined if the rows are unknown
 */
export function determineForExample(
  world: ExampleWorld,
  vault: ExampleVault,
  accounts: ExampleAccounts,
  {
    code,
    serviceCase,
    asked,
  }: {
    readonly code: CompiledPackage
    readonly serviceCase: Case
    readonly asked: StepDetermination
  },
): { readonly parts: JsonObject; readonly computed: ComputedDetermination } | undefined {
  const rows = vault.rowsOf(asked.inputs.batch)
  if (rows === undefined) return undefined
  const join = serviceOf(code).determinations[asked.name]?.subledger?.accounts.join
  const refusing = {
    ...world.view,
    refuse: (reason: { code: string }): never => {
      throw new Error(reason.code)
    },
  }
  const facts = asked.subledger
  const ids = new Map<string, string>()
  for (const { content } of rows) {
    const person = join === undefined ? undefined : content[join]
    if (typeof person === 'string') ids.set(person, accountId(facts?.book ?? '', person))
  }
  const computed = computeDetermination(code, serviceCase, {
    determination: asked.name,
    inputs: asked.inputs,
    rows,
    findRule: (id) => {
      const hash = ownMember(serviceCase.lock.rules, id)
      return hash === undefined ? undefined : getRule(refusing, hash)
    },
    parameters: publishedParameters(world.view, serviceCase.openedAt),
    calendar: calendarOf(world.view),
    subledger:
      facts === null
        ? null
        : { facts, previous: accounts.at(facts.head.balances.root), accounts: ids },
  })
  const { inputs, outputs, outcomes, trace } = computed
  const subledger =
    facts === null || computed.subledger === null ? null : accounts.seal(facts, computed.subledger)
  return { parts: { inputs, outputs, outcomes: { ...outcomes }, subledger, trace }, computed }
}
