/* For whom another version of a rule gives another result, and by how much. */
import type { Bar, ExampleFacts, PublishedSeries, RuleDocument } from '@renshe/rules'
import { useMemo } from 'react'
import { usePackage } from '../../package/use-package.ts'
import { Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { type AmountMoved, comparePeople, type Moved } from './compare-people.ts'
import { lawWords } from './law-words.ts'

/** One version: its document and the package that publishes it. */
export interface RuleVersionShown {
  readonly document: RuleDocument
  readonly package: string
}

/** Words of the package for a name. */
type Label = (name: string) => string

/** People by what the versions give them. */
export function PeoplePart({
  before,
  after,
}: {
  readonly before: RuleVersionShown
  readonly after: RuleVersionShown
}) {
  const say = useWords(lawWords)
  const { locale } = useLocale()
  const [older, newer] = [usePackage(before.package), usePackage(after.package)]
  const parameters = useAskAll('catalogue.listParameters', {})
  return (
    <Section title={say('people')}>
      <Asked of={older} rows={3}>
        {(was) => (
          <Asked of={newer} rows={3}>
            {(is) => (
              <Asked of={parameters} rows={3}>
                {(series) => (
                  <People
                    documents={[before.document, after.document]}
                    examples={[is.document, was.document].flatMap((one) =>
                      examplesOf(one, after.document.id),
                    )}
                    parameters={series as unknown as readonly PublishedSeries[]}
                    label={(name) => is.document.texts[locale][`field.${name}`] ?? name}
                  />
                )}
              </Asked>
            )}
          </Asked>
        )}
      </Asked>
    </Section>
  )
}

/** Examples stand in every published document; other pages have no use for them. */
function examplesOf(document: object, id: string): readonly ExampleFacts[] {
  const { examples } = document as {
    readonly examples: { readonly rules: readonly (ExampleFacts & { readonly rule: string })[] }
  }
  return examples.rules.filter(({ rule }) => rule === id)
}

function People({
  documents: [before, after],
  examples,
  parameters,
  label,
}: {
  readonly documents: readonly [RuleDocument, RuleDocument]
  readonly examples: readonly ExampleFacts[]
  readonly parameters: readonly PublishedSeries[]
  readonly label: Label
}) {
  const say = useWords(lawWords)
  // Each rendering makes the list of examples anew; the documents say whether it is another one.
  const found = useMemo(
    () => comparePeople([before, after], examples, parameters),
    [before, after, parameters],
  )
  if (found.asked === 0) return <Empty>{say('peopleNone')}</Empty>
  const { asked, changed, otherRefusal } = found
  return (
    <div className="people-part">
      <p>
        <b>{say('peopleChanged', { changed, asked })}</b>
        {otherRefusal === 0 ? null : ` ${say('peopleRefused', { count: otherRefusal })}`}
      </p>
      {found.amounts.map((amount) => (
        <Amount key={amount.output} amount={amount} label={label} />
      ))}
      <p className="quiet law-note">
        {say('peopleHow', { examples: found.examples, made: asked - found.examples })}
      </p>
    </div>
  )
}

function Amount({ amount, label }: { readonly amount: AmountMoved; readonly label: Label }) {
  const say = useWords(lawWords)
  const { output, compared, changed, losers, winners, histogram, mostDown, mostUp } = amount
  return (
    <article className="people-amount">
      <h3>{label(output)}</h3>
      <p>{say('peopleMoved', { less: losers, more: winners, same: compared - changed })}</p>
      {changed === 0 ? null : <Histogram bars={histogram} name={label(output)} />}
      {mostDown === null ? null : <Most title={say('mostDown')} moved={mostDown} label={label} />}
      {mostUp === null ? null : <Most title={say('mostUp')} moved={mostUp} label={label} />}
    </article>
  )
}

/** Bars with their numbers beside them: a table, so that it is read out as one. */
function Histogram({ bars, name }: { readonly bars: readonly Bar[]; readonly name: string }) {
  const say = useWords(lawWords)
  const shown = bars.filter(({ count }) => count > 0)
  const most = Math.max(...shown.map(({ count }) => count))
  return (
    <table className="people-bars">
      <caption className="quiet">{say('peopleBars', { name })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('peopleBy')}</th>
          <th scope="col">{say('peopleCount')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ above, upTo, count }) => (
          <tr key={`${above} ${upTo}`}>
            <th scope="row">{spanOf(above, upTo)}</th>
            <td>
              <span
                className="people-bar"
                aria-hidden="true"
                style={{ inlineSize: `${(count / most) * 75}%` }}
              />
              {count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A bar reaches away from zero. */
function spanOf(above: string | null, upTo: string | null): string {
  if (above === upTo) return '0'
  if (above === null) return `< ${upTo ?? ''}`
  return upTo === null ? `> ${above}` : `${above} … ${upTo}`
}

function Most({
  title,
  moved: { difference, on, region, facts },
  label,
}: {
  readonly title: string
  readonly moved: Moved
  readonly label: Label
}) {
  const say = useWords(lawWords)
  return (
    <details>
      <summary>
        {title} <b>{difference.startsWith('-') ? difference : `+${difference}`}</b>
      </summary>
      <dl className="facts">
        <dt>{say('day')}</dt>
        <dd>{on}</dd>
        <dt>{say('region')}</dt>
        <dd>{region}</dd>
        {Object.entries(facts).map(([name, value]) => (
          <div key={name} className="people-fact">
            <dt>{label(name)}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
