import {
  type Environment,
  type FeelContext,
  FeelNumber,
  formatPlaces,
  type Scope,
  type Value,
} from '@renshe/rules'
import type { DeterminationDefinition, SubledgerLine } from '../catalogue/package-document.ts'
import { digitsOf, residuePlaces, YUAN_PLACES } from '../funds/exact.ts'
import {
  type AccountBalance,
  type AccountLine,
  type AppliedLines,
  applyLines,
} from '../funds/subledger.ts'
import { isCamelName } from '../vocabulary/spelling.ts'
import { DeterminationFailed } from './determination-failed.ts'
import type { SubledgerFacts } from './determination-inputs.ts'
import { type Compiled, feel, scopeOver, textOf } from './feel.ts'

/** Where the sub-ledger stands before a determination. */
export interface SubledgerGiven {
  readonly facts: SubledgerFacts
  /** Every account with its balance, by record id. */
  readonly previous: ReadonlyMap<string, AccountBalance>
  /** Value of the join column → record id of the account. */
  readonly accounts: ReadonlyMap<string, string>
}

interface Shared {
  /** `with` values. */
  readonly shared: ReadonlyMap<string, Value>
  readonly environment: Environment
}

interface PreparedLine {
  /** The part's own name, or FEEL that gives it. */
  readonly part: string | Compiled
  readonly condition: Compiled | null
  readonly chart: Compiled
  readonly cost: Compiled
  readonly taxedCost: Compiled
  readonly units: Compiled
  readonly residue: Compiled
}

/** What the journal does to the accounts of all rows; null if the determination has no sub-ledger. */
export function postRows(
  definition: DeterminationDefinition['subledger'],
  given: SubledgerGiven | null,
  rows: readonly FeelContext[],
  shared: Shared,
): AppliedLines | null {
  if (definition === undefined) return null
  if (given === null) throw new RangeError('a sub-ledger needs its balances')
  const { facts, previous } = given
  const scale = {
    unitPlaces: facts.unitPlaces,
    residuePlaces: residuePlaces(facts.unitPlaces, facts.navPlaces),
  }
  const prepared = definition.lines.map(prepareLine)
  const lines: AccountLine[] = []
  for (const row of rows) {
    const scope = scopeOver(row.entries, shared.shared)
    for (const line of prepared) {
      const made = lineOf(line, scope, shared.environment, scale)
      if (made === null) continue
      lines.push({ account: accountOf(definition.accounts.join, given, row), ...made })
    }
  }
  const applied = applyLines(previous, lines, { journal: facts.head.next, scale })
  const [negative] = applied.negative
  if (negative !== undefined) {
    throw new DeterminationFailed('ACCOUNT_NEGATIVE', negative.account, 'no part below zero')
  }
  return applied
}

function prepareLine(line: SubledgerLine): PreparedLine {
  return {
    part: isCamelName(line.part) ? line.part : feel(line.part),
    condition: line.if === undefined ? null : feel(line.if),
    chart: feel(line.chart),
    cost: feel(line.cost),
    taxedCost: feel(line.taxedCost),
    units: feel(line.units),
    residue: feel(line.residue),
  }
}

function accountOf(join: string, { accounts }: SubledgerGiven, row: FeelContext): string {
  const own = row.get(join)
  const account = typeof own === 'string' ? accounts.get(own) : undefined
  if (account === undefined) throw new DeterminationFailed('ACCOUNT_MISSING', join, 'an account')
  return account
}

/** Null for a line whose condition does not hold, and for one that moves nothing. */
function lineOf(
  line: PreparedLine,
  scope: Scope,
  environment: Environment,
  scale: { readonly unitPlaces: number; readonly residuePlaces: number },
): Omit<AccountLine, 'account'> | null {
  const evaluated = (text: Compiled): Value => text.evaluate(scope, environment).value
  const part = textOf(typeof line.part === 'string' ? line.part : evaluated(line.part))
  if (part === undefined) throw new DeterminationFailed('VALUE_UNFIT', 'part', 'a name')
  const digits = (name: string, text: Compiled, places: number): bigint => {
    const value = evaluated(text)
    const spelled = value instanceof FeelNumber ? formatPlaces(value, places) : undefined
    if (spelled === undefined) {
      throw new DeterminationFailed('VALUE_UNFIT', `${part}.${name}`, `${places} places`)
    }
    return digitsOf(spelled, places)
  }
  if (line.condition !== null && evaluated(line.condition) !== true) return null
  const chart = evaluated(line.chart)
  if (typeof chart !== 'string') {
    throw new DeterminationFailed('VALUE_UNFIT', `${part}.chart`, 'an account number')
  }
  const made = {
    part,
    chart,
    costFen: digits('cost', line.cost, YUAN_PLACES),
    taxedCostFen: digits('taxedCost', line.taxedCost, YUAN_PLACES),
    units: digits('units', line.units, scale.unitPlaces),
    residue: digits('residue', line.residue, scale.residuePlaces),
  }
  const { costFen, taxedCostFen, units, residue } = made
  const movesNothing = costFen === 0n && taxedCostFen === 0n && units === 0n && residue === 0n
  return movesNothing ? null : made
}
