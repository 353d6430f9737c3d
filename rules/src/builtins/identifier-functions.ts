import {
  checkCardNumber,
  checkCreditCode,
  checkOrganisationCode,
  checkResidentId,
} from '../identifiers/check-digits.ts'
import { FeelContext, type Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

function overText(name: string, check: (text: string) => object): Builtin {
  return builtin(
    name,
    signature('text: string', ([text]) => {
      const entries = Object.entries(check(text as string)) as [string, Value][]
      return new FeelContext(new Map(entries))
    }),
  )
}

/** Check digits of identifiers, each giving a context; not part of DMN. Warnings that need a list or a day are the rule's. */
export const IDENTIFIER_FUNCTIONS: readonly Builtin[] = [
  overText('resident id', checkResidentId),
  overText('credit code', checkCreditCode),
  overText('organisation code', checkOrganisationCode),
  overText('luhn', checkCardNumber),
]
