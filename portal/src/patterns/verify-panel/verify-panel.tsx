/* One evidence file, judged: verdict, what it says, seven checks, the way to the signed head, and its limits. */
import './verify-panel.css'
import { CHECK_TITLES, type PinnedChain } from '@renshe/proof'
import type { ReactNode } from 'react'
import { exactMoment } from '../../format/moments.ts'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { Locale } from '../../words/words.ts'
import { FileSays } from './file-says.tsx'
import { PathToHead } from './path-to-head.tsx'
import type { VerifyOutcome } from './verify-worker.ts'
import { verifyWords } from './words.ts'

type Verification = VerifyOutcome['verification']
type Check = Verification['checks'][number]

const ICONS = { green: 'check', red: 'cross', grey: 'dash' } as const
const TONES = {
  trustworthy: 'verified',
  refused: 'failure',
  undecided: 'attention',
  'not-evidence': 'failure',
} as const

/** Shows what came of checking a file. */
export function VerifyPanel({
  outcome: { verification, verdict },
  fileName,
  trust,
}: {
  readonly outcome: VerifyOutcome
  readonly fileName: string
  readonly trust: PinnedChain | undefined
}) {
  const say = useWords(verifyWords)
  const { checks } = verification
  const isOperatorOnly = checks.some(({ reason }) => reason.code === 'FINAL_BY_OPERATOR')
  const tone = verdict === 'trustworthy' && isOperatorOnly ? 'attention' : TONES[verdict]
  const isTrusted = verdict === 'trustworthy'
  const isEvidence = verification.file !== 'not-evidence'
  return (
    <article className="card verify-panel" aria-live="polite">
      <header className={`verify-verdict is-${tone}`}>
        <span className="verify-verdict-mark">
          <Icon
            name={tone === 'verified' ? 'check' : tone === 'failure' ? 'cross' : 'dash'}
            size={20}
          />
        </span>
        <div>
          <h2>{say(verdict)}</h2>
          <p>
            <VerdictSentence verification={verification} />
          </p>
          {isOperatorOnly ? <p>{say('operatorOnly')}</p> : null}
        </div>
      </header>
      <p className="verify-file quiet">{fileName}</p>
      {isEvidence ? (
        <>
          {isTrusted ? <FileSays summary={verification.summary} trust={trust} isTrusted /> : null}
          <ol className="verify-checks">
            {checks.map((check) => (
              <CheckLine key={check.name} check={check} trust={trust} />
            ))}
          </ol>
          {isTrusted ? null : (
            <details className="verify-box">
              <summary>{say('claims')}</summary>
              <FileSays summary={verification.summary} trust={trust} isTrusted={false} />
            </details>
          )}
          <PathToHead checks={checks} summary={verification.summary} trust={trust} />
        </>
      ) : null}
      <After verification={verification} />
    </article>
  )
}

function VerdictSentence({ verification }: { readonly verification: Verification }) {
  const say = useWords(verifyWords)
  const { locale } = useLocale()
  if (verification.file === 'not-evidence') return <>{verification.reason[locale]}</>
  const { checks } = verification
  const red = checks.findIndex(({ state }) => state === 'red')
  if (red >= 0) {
    const why = checks[red]?.reason[locale] ?? ''
    return <>{say('failedAt', { n: red + 1, why })}</>
  }
  const green = checks.filter(({ state }) => state === 'green').length
  const status = checks.find(({ name }) => name === 'status')
  const asOf = status?.state === 'green' ? status.facts.asOf : undefined
  if (typeof asOf !== 'number') return <>{say('counted', { green })}</>
  return <>{say('countedAsOf', { green, at: exactMoment(asOf).slice(0, 16) })}</>
}

function CheckLine({
  check,
  trust,
}: {
  readonly check: Check
  readonly trust: PinnedChain | undefined
}) {
  const say = useWords(verifyWords)
  const { locale } = useLocale()
  const { name, state, reason } = check
  return (
    <li className={`is-${state}`}>
      <span className="verify-mark">
        <Icon name={ICONS[state]} size={13} />
      </span>
      <div>
        <b>{CHECK_TITLES[name][locale]}</b>
        <p>{withNames(reason[locale], trust, locale)}</p>
        {name === 'finality' && state === 'green' ? <Signers check={check} trust={trust} /> : null}
      </div>
      <span className="verify-word">{say(state)}</span>
    </li>
  )
}

/** Members in a sentence by name: a person reads no ids. */
function withNames(sentence: string, trust: PinnedChain | undefined, locale: Locale): string {
  let named = sentence
  for (const [id, name] of Object.entries(trust?.members ?? {})) {
    named = named.replaceAll(id, name[locale])
  }
  return named
}

function idsOf(listed: unknown): string[] {
  if (!Array.isArray(listed)) return []
  return listed.map((entry: unknown) =>
    typeof entry === 'string' ? entry : (entry as { member: string }).member,
  )
}

/** Who signed the head, by name. */
function Signers({
  check: { facts },
  trust,
}: {
  readonly check: Check
  readonly trust: PinnedChain | undefined
}) {
  const say = useWords(verifyWords)
  const { locale } = useLocale()
  const { operator, witnesses, validators, listed } = facts
  const signed = new Set(idsOf(witnesses ?? validators))
  const line = (member: string, note: string, isSigned: boolean): ReactNode => (
    <li key={`${member}${note}`} className={isSigned ? 'is-signed' : undefined}>
      {trust?.members?.[member]?.[locale] ?? member} <small>{note}</small>
    </li>
  )
  return (
    <ul className="verify-signers" aria-label={say('signers')}>
      {typeof operator === 'string' ? line(operator, say('operator'), true) : null}
      {idsOf(listed).map((member) =>
        line(member, say(signed.has(member) ? 'signed' : 'unsigned'), signed.has(member)),
      )}
    </ul>
  )
}

/** What follows from the result, and what it does not show. */
function After({ verification }: { readonly verification: Verification }) {
  const say = useWords(verifyWords)
  const isRed = verification.checks.some(({ state }) => state === 'red')
  return (
    <>
      {isRed ? (
        <>
          <aside className="verify-box">
            <h3>{say('next')}</h3>
            <ol className="verify-next">
              <li>{say('next1')}</li>
              <li>{say('next2')}</li>
            </ol>
          </aside>
          <aside className="verify-box">
            <h3>{say('why')}</h3>
            <p>{say('whyText')}</p>
          </aside>
        </>
      ) : null}
      <aside className="verify-box">
        <h3>{say('limits')}</h3>
        <p>{say('limitsText')}</p>
      </aside>
      {verification.file === 'not-evidence' ? null : (
        <details className="verify-box">
          <summary>{say('technical')}</summary>
          <pre className="mono">{JSON.stringify(technicalFacts(verification), null, 1)}</pre>
        </details>
      )}
    </>
  )
}

function technicalFacts(verification: Exclude<Verification, { file: 'not-evidence' }>) {
  const { summary, checks } = verification
  return {
    chain: summary.chain,
    tip: summary.tip,
    acts: summary.acts.map(({ txId, action, code, height, index }) => ({
      txId,
      action,
      code,
      height,
      index,
    })),
    checks: checks.map(({ name, state, reason, facts }) => ({
      name,
      state,
      code: reason.code,
      facts,
    })),
  }
}
