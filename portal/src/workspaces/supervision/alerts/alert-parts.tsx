/* An alert in words: what it is called, how grave it is, who has answered. */
import type { Queries } from '@renshe/client'
import type { PackageTexts } from '../../../package/package-texts.ts'
import { textsOf } from '../../../package/package-texts.ts'
import { usePackage } from '../../../package/use-package.ts'
import { Tag, type Tone } from '../../../patterns/tag/tag.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { useCaseOpened } from '../../institution/case-label.tsx'
import { supervisionWords } from '../words.ts'
import { coreAlertWords } from './core-alert-words.ts'

/** An alert as the chain keeps it. */
export type AlertShown = Queries['supervision.listAlerts']['output']['items'][number]

const TONES: Readonly<Record<AlertShown['severity'], Tone>> = {
  grave: 'failure',
  warning: 'attention',
  note: 'neutral',
}

/** The gravest first, then the oldest. */
export function inOrder(alerts: readonly AlertShown[]): readonly AlertShown[] {
  const rank = { grave: 0, warning: 1, note: 2 }
  return [...alerts].sort(
    (one, other) => rank[one.severity] - rank[other.severity] || one.at - other.at,
  )
}

/** How grave an alert is. */
export function Severity({ severity }: { readonly severity: AlertShown['severity'] }) {
  const say = useWords(supervisionWords)
  return (
    <span className="no-break">
      <Tag tone={TONES[severity]} {...(severity === 'note' ? {} : { icon: 'alert' as const })}>
        {say(severity)}
      </Tag>
    </span>
  )
}

/** State of an alert, with how many of those told have answered. */
export function AlertState({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const { state, acknowledged, to } = alert
  if (state === 'closed') {
    return (
      <Tag tone="verified" icon="check">
        {say('closed')}
      </Tag>
    )
  }
  if (state === 'open') return <Tag tone="attention">{say('open')}</Tag>
  return (
    <span className="no-break">
      <Tag tone="current">{say('acknowledged', { n: acknowledged.length, of: to.length })}</Tag>
    </span>
  )
}

/** What an alert is about: the text of its package, else that of the core, else its code. */
export function alertInWords(
  code: string,
  texts: PackageTexts | null,
  locale: 'zh' | 'en',
): string {
  const own = texts?.find(`alert.${code}`)
  const said = own ?? coreAlertWords[code]?.[locale] ?? code
  return said.replace(/[。.]$/, '')
}

/** What an alert of a case is about. */
export function AlertName({
  code,
  caseId,
}: {
  readonly code: string
  readonly caseId: string | null
}) {
  return caseId === null ? <PlainName code={code} /> : <NameInCase code={code} caseId={caseId} />
}

function PlainName({ code }: { readonly code: string }) {
  const { locale } = useLocale()
  return <>{alertInWords(code, null, locale)}</>
}

function NameInCase({ code, caseId }: { readonly code: string; readonly caseId: string }) {
  const { locale } = useLocale()
  const shown = useCaseOpened(caseId)
  const { data: loaded } = usePackage(shown?.package ?? null)
  return <>{alertInWords(code, loaded === undefined ? null : textsOf(loaded, locale), locale)}</>
}
