/* Who is next and until when, what happens besides, and whether it can be undone. */
import { useMemberName } from '../../cells/cells.tsx'
import type { Duration } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { Follows, NextStep } from './consequences.ts'
import { signWords } from './words.ts'

/** Says a period of the law. */
export function useDuration() {
  const say = useWords(signWords)
  return ({ amount, unit }: Duration) => say(unit, { n: amount })
}

/** What an act sets in motion. */
export function FollowsPart({
  follows,
  texts,
  isDone = false,
}: {
  readonly follows: Follows
  readonly texts: PackageTexts | null
  /** It is recorded: only who is next is still of interest. */
  readonly isDone?: boolean
}) {
  const say = useWords(signWords)
  const { next, ends, also, isConditional } = follows
  const who = useWho(texts)
  const status = (code: string) => texts?.status(code) ?? code
  return (
    <>
      <section className="sign-next">
        <h3>{say(isConditional ? 'nextIf' : 'next')}</h3>
        <ul>
          {also.map((one) => (
            <li key={one.party}>{say('alsoNeeded', { who: who(one) })}</li>
          ))}
          {next.map((one) => (
            <NextLine key={one.step} next={one} texts={texts} />
          ))}
          {ends.map((code) => (
            <li key={code}>{say('ends', { status: status(code) })}</li>
          ))}
        </ul>
      </section>
      {isDone ? null : <Besides follows={follows} texts={texts} />}
    </>
  )
}

function Besides({
  follows,
  texts,
}: {
  readonly follows: Follows
  readonly texts: PackageTexts | null
}) {
  const say = useWords(signWords)
  const { effects, withdrawal } = follows
  const party = (name: string) => texts?.party(name) ?? name
  return (
    <>
      {effects.length === 0 ? null : (
        <section className="sign-next">
          <h3>{say('effects')}</h3>
          <ul>
            {effects.map(({ kind, name, by, isConditional }) => (
              <li key={`${kind} ${name}`}>
                {say(kind, { name: effectName(texts, kind, name), by: party(by ?? '') })}
                {isConditional ? say('maybe') : ''}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="sign-next">
        <h3>{say('undo')}</h3>
        <p>
          {withdrawal === null
            ? say('undoNever')
            : say('undoWithdraw', {
                who: party(withdrawal.party),
                steps: withdrawal.while.map((step) => texts?.step(step) ?? step).join('、'),
              })}
        </p>
      </section>
    </>
  )
}

function NextLine({
  next,
  texts,
}: {
  readonly next: NextStep
  readonly texts: PackageTexts | null
}) {
  const say = useWords(signWords)
  const duration = useDuration()
  const who = useWho(texts)
  const { step, within } = next
  const limit = within === null ? '' : say('within', { limit: duration(within) })
  return (
    <li>{say('nextStep', { who: who(next), step: texts?.step(step) ?? step, within: limit })}</li>
  )
}

function useWho(texts: PackageTexts | null) {
  const nameOf = useMemberName()
  const { locale } = useLocale()
  return ({ party, members }: { readonly party: string; readonly members: readonly string[] }) => {
    const part = texts?.party(party) ?? party
    if (members.length === 0) return part
    const names = members.map(nameOf).join(locale === 'zh' ? '、' : ', ')
    return locale === 'zh' ? `${part} ${names}` : `${part} (${names})`
  }
}

/** An effect is called by a text of the package if there is one, else by its own name. */
function effectName(texts: PackageTexts | null, kind: string, name: string): string {
  const found = ['effect', kind, 'post', 'register', 'alert', 'notice', 'section']
    .map((prefix) => texts?.find(`${prefix}.${name}`))
    .find((text) => text !== undefined)
  return found ?? name
}
