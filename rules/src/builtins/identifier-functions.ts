import {
  checkCardNumber,
  checkCreditCode,
  checkOrganisationCode,
  checkResidentId,
} from '../identifiers/check-digits.ts'
import { FeelDate } from '../time/civil-date.ts'
import { FeelContext, type Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

function overText(name: string, check: (text: string) => object): Builtin {
  return builtin(
    name,
    signature('text: string', ([text]) => {
      return contextOf(check(text as string))
    }),
  )
}

function contextOf(found: object): FeelContext {
  return new FeelContext(new Map(Object.entries(found) as [string, Value][]))
}

const RESIDENT_ID = 'text: string, on?: date?, sample area code?: string?'

/** Check digits of identifiers, each giving a context; not part of DMN. */
export const IDENTIFIER_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'resident id',
    signature(RESIDENT_ID, ([text, on, sample]) =>
      contextOf(
        checkResidentId(text as string, {
          ...(on instanceof FeelDate ? { on } : {}),
          ...(typeof sample === 'string' ? { sampleAreaCode: sample } : {}),
        }),
      ),
    ),
  ),
  overText('credit code', checkCreditCode),
  overText('organisation code', checkOrganisationCode),
  overText('luhn', checkCardNumber),
]
