/* The published determinations of a pension, as they lie in services/, and facts for them. */
import { fileURLToPath } from 'node:url'
import { PackageFolders } from '@renshe/cli'
import type { CompiledPackage } from '@renshe/contracts'
import {
  type CompiledRule,
  type JsonObject,
  makeParameterTable,
  type ParameterLookup,
} from '@renshe/rules'

/** Rules by id, and the values that they read. */
export interface PublishedPension {
  readonly parameters: ParameterLookup
  rule(id: string): CompiledRule
}

/** Reads and compiles the package of pension rules with what it uses. */
export function loadPension(): PublishedPension {
  const services = fileURLToPath(new URL('../services', import.meta.url))
  const compiled = new PackageFolders(services).compile('pension-rules')
  return {
    parameters: makeParameterTable(valuesOf(compiled)),
    rule(id) {
      const found = compiled.findRule(id)
      if (found === undefined) throw new Error(`pension-rules has no rule ${id}`)
      return found.rule
    },
  }
}

function valuesOf({ document, uses }: CompiledPackage): CompiledPackage['document']['parameters'] {
  return [...document.parameters, ...[...uses.values()].flatMap(valuesOf)]
}

/** Facts of one person; every number gives another one, the same on every machine. */
export interface PensionFacts {
  readonly payoutMonths: JsonObject
  /** The base is the published one of the region. */
  readonly poolPart: JsonObject
  /** Without `payoutMonths`, which is the answer of the first. */
  readonly monthlyBenefit: JsonObject
}

/** Person `number`. */
export function factsOf(number: number): PensionFacts {
  const poolPart = {
    averageIndex: `0.${600 + ((number * 31) % 399)}`,
    totalMonths: 180 + ((number * 13) % 300),
  }
  return {
    payoutMonths: { ageYears: 50 + (number % 15), ageMonths: (number * 7) % 12 },
    poolPart,
    monthlyBenefit: {
      ...poolPart,
      accountBalance: `${50_000 + ((number * 977) % 250_000)}.${String(number % 100).padStart(2, '0')}`,
      transitionalPension: `${number % 900}.51`,
      localExtra: `${number % 300}.50`,
    },
  }
}

/**
 * The worked example that was printed with its answer: 2562.50 + 771.27 + 348.51 + 247.64 = 3929.92.
 */
export const PRINTED_EXAMPLE: { readonly facts: JsonObject; readonly total: string } = {
  facts: {
    benefitBase: '8321',
    averageIndex: '0.935',
    totalYears: '31.83',
    accountBalance: '150397.22',
    payoutMonths: '195',
    transitionalPension: '348.51',
    localExtra: '247.64',
  },
  total: '3929.92',
}
