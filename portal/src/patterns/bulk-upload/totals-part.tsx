/* Control totals of a draft: rows and sums, exact, before anything is signed. */
import { amountInChinese, groupedDigits } from '@renshe/proof'
import { type LoadedPackage, serviceOf } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { DraftSummary } from './drafts.ts'
import { uploadWords } from './words.ts'

/** Rows and totals of a draft. */
export function TotalsPart({
  draft,
  section,
  loaded,
  texts,
}: {
  readonly draft: DraftSummary
  readonly section: string
  readonly loaded: LoadedPackage
  readonly texts: PackageTexts
}) {
  const say = useWords(uploadWords)
  const { locale } = useLocale()
  const { totals = {} } = serviceOf(loaded).sections[section] ?? {}
  const { rows, good, bad, leastRows } = draft
  const isWithheld = good < leastRows
  return (
    <section className="bulk-totals" aria-label={say('totals')}>
      <dl>
        <Figure label={say('rows')} value={groupedDigits(String(rows))} />
        <Figure label={say('good')} value={groupedDigits(String(good))} />
        <Figure label={say('bad')} value={groupedDigits(String(bad))} isWrong={bad > 0} />
        {Object.entries(totals).map(([name, { type }]) => {
          const amount = String(draft.totals[name] ?? '0')
          const words = type === 'money' && locale === 'zh' ? amountInChinese(amount) : undefined
          return (
            <Figure
              key={name}
              label={`${texts.field(name)}${locale === 'zh' ? '合计' : ', total'}`}
              value={groupedDigits(amount)}
              {...(words === undefined ? {} : { words })}
            />
          )
        })}
      </dl>
      <p className="quiet">
        {isWithheld ? say('totalsWithheld', { least: leastRows }) : say('totalsLead')}
      </p>
    </section>
  )
}

function Figure({
  label,
  value,
  words,
  isWrong = false,
}: {
  readonly label: string
  readonly value: string
  readonly words?: string
  readonly isWrong?: boolean
}) {
  return (
    <div className={isWrong ? 'is-wrong' : undefined}>
      <dt>{label}</dt>
      <dd>
        {value}
        {words === undefined ? null : <small>{words}</small>}
      </dd>
    </div>
  )
}
