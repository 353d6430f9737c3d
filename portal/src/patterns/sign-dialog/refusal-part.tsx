/* A refusal is an answer: in the words of the package, with its clause and what to do next. */
import type { Json, JsonObject } from '@renshe/crypto'
import { Link } from 'react-router'
import { useMemberName } from '../../cells/cells.tsx'
import type { PackageTexts } from '../../package/package-texts.ts'
import { useWords } from '../../words/locale.tsx'
import { Refused } from '../states/states.tsx'
import { refusalWords } from './refusal-words.ts'
import type { SigningRequest } from './signing.ts'
import { signWords } from './words.ts'

/** Says a refusal by its code and facts. */
export function useRefusal(texts: PackageTexts | null) {
  const say = useWords(refusalWords)
  const nameOf = useMemberName()
  return (code: string, facts: JsonObject): string => {
    const own = texts?.refusal(code)
    if (own !== undefined) return own
    const values = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [name, factInWords(name, value, texts, nameOf)]),
    )
    const key = Object.hasOwn(refusalWords.zh, code) ? (code as 'FOUR_EYES') : 'other'
    try {
      return say(key, { code, ...values })
    } catch {
      // A fact that the sentence names did not come.
      return say('other', { code })
    }
  }
}

function factInWords(
  name: string,
  value: Json,
  texts: PackageTexts | null,
  nameOf: (id: string | null) => string,
): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (name === 'holder' || name === 'member') return nameOf(text)
  if (name === 'step') return texts?.step(text) ?? text
  if (name === 'field') return texts?.field(text) ?? text
  return text
}

/** A refused act in the sign dialog. */
export function RefusalPart({
  refused,
  request,
}: {
  readonly refused: {
    readonly code: string
    readonly facts: JsonObject
    readonly txId: string | null
  }
  readonly request: Pick<SigningRequest, 'texts' | 'clauseOf'>
}) {
  const say = useWords(signWords)
  const { texts, clauseOf } = request
  const refusal = useRefusal(texts)
  const { code, facts, txId } = refused
  const clause = clauseOf?.(code) ?? null
  return (
    <Refused
      title={refusal(code, facts)}
      clause={clause}
      next={
        <p>
          {say('refusedKept')}{' '}
          {typeof facts.case === 'string' ? (
            <Link to={`/institution/cases/${facts.case}`}>{say('seeOther')}</Link>
          ) : null}{' '}
          {txId === null ? null : (
            <>
              {say('refusedRecorded')} <Link to={`/explore/tx/${txId}`}>{say('receipt')}</Link>
            </>
          )}
        </p>
      }
    >
      <FactList facts={facts} texts={texts} />
    </Refused>
  )
}

function FactList({
  facts,
  texts,
}: {
  readonly facts: JsonObject
  readonly texts: PackageTexts | null
}) {
  const told = Object.entries(facts).filter(([name]) => texts?.find(`field.${name}`) !== undefined)
  if (told.length === 0) return null
  return (
    <ul>
      {told.map(([name, value]) => (
        <li key={name}>
          {texts?.field(name)}: {texts?.value(name, value)}
        </li>
      ))}
    </ul>
  )
}
