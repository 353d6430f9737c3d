/* What a party may see of a case and what it may not: read off the package, nothing is written by hand. */
import './visibility.css'
import { useState } from 'react'
import { Link } from 'react-router'
import { grouped } from '../../format/money.ts'
import {
  columnsOf,
  type Field,
  type Fields,
  type LoadedPackage,
  type SectionDefinition,
  serviceOf,
} from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { Locale } from '../../words/words.ts'
import type { CaseShown } from '../step-clock/case-shown.ts'
import { partiesInWords, partyInSentence } from '../step-clock/party-words.ts'
import { audienceOf, mostDifferent, type SightDifference, sightOf } from './visible-to.ts'
import { visibilityWords } from './words.ts'

/** What is shown. */
interface VisibilityPanelProps {
  readonly loaded: LoadedPackage
  readonly shown: CaseShown
  /** Parts that the member of this session plays in the case. */
  readonly parties: readonly string[]
  /** Reads that spent a use, by section. */
  readonly usesOf: (section: string) => number
  /** Where the comparison with a party lies; null: not offered. */
  readonly compareAt: ((party: string) => string) | null
}

/** The panel beside the flow. */
export function VisibilityPanel(props: VisibilityPanelProps) {
  const { loaded, parties, compareAt } = props
  const say = useWords(visibilityWords)
  const { locale } = useLocale()
  const texts = usePackageTexts(loaded)
  const [showsBasis, setShowsBasis] = useState(false)
  const { sections, parties: allParties } = serviceOf(loaded)
  const title = say('title', { party: partiesInWords(parties.slice(0, 1), locale) || '—' })
  const difference = mostDifferent(sections, parties, Object.keys(allParties))
  return (
    <aside className="card visibility" aria-label={title}>
      <h2>{title}</h2>
      <Lines {...props} texts={texts} showsBasis={showsBasis} />
      <button
        type="button"
        className="plain-button visibility-basis"
        aria-expanded={showsBasis}
        onClick={() => setShowsBasis(!showsBasis)}
      >
        {say(showsBasis ? 'basisClose' : 'basis')}
      </button>
      {difference === undefined ? null : (
        <Difference difference={difference} texts={texts} compareAt={compareAt} />
      )}
    </aside>
  )
}

/** What is open, then what is sealed. */
function Lines(
  props: VisibilityPanelProps & { readonly texts: PackageTexts; readonly showsBasis: boolean },
) {
  const { loaded, shown, parties, texts } = props
  const say = useWords(visibilityWords)
  const { sections } = serviceOf(loaded)
  const names = inWeight(sections, shown)
  const sectionOf = (name: string) => sections[name] as SectionDefinition
  const isSealed = (name: string): boolean => sightOf(sectionOf(name), parties) === 'sealed'
  const line = (name: string) => (
    <SectionLine key={name} {...props} name={name} section={sectionOf(name)} />
  )
  const sealed = names.filter(isSealed)
  return (
    <>
      <ul className="is-open">
        <li>
          <Icon name="check" size={15} />
          <span>
            {say('public')}
            <small>{say(parties.length === 0 ? 'nobody' : 'publicWhy')}</small>
          </span>
        </li>
        {sealed
          .filter((name) => hasTotals(sections[name]))
          .map((name) => (
            <TotalsLine key={name} name={name} section={sectionOf(name)} texts={texts} />
          ))}
        {names.filter((name) => !isSealed(name)).map(line)}
      </ul>
      <h3>{say('sealedTitle')}</h3>
      {sealed.length === 0 ? (
        <p className="quiet">{say('everything')}</p>
      ) : (
        <ul className="is-sealed">{sealed.map(line)}</ul>
      )}
    </>
  )
}

function hasTotals(section: SectionDefinition | undefined): boolean {
  return section?.totals !== undefined
}

function TotalsLine({
  name,
  section,
  texts,
}: {
  readonly name: string
  readonly section: SectionDefinition
  readonly texts: PackageTexts
}) {
  const say = useWords(visibilityWords)
  const { locale } = useLocale()
  const totals = listed(
    Object.values(section.totals ?? {}).map(({ sum }) => texts.field(sum)),
    locale,
  )
  return (
    <li>
      <Icon name="check" size={15} />
      <span>
        {say('totals', { section: texts.section(name), totals })}
        <small>{say('totalsWhy')}</small>
      </span>
    </li>
  )
}

interface SectionLineProps extends VisibilityPanelProps {
  readonly name: string
  readonly section: SectionDefinition
  readonly texts: PackageTexts
  readonly showsBasis: boolean
}

function SectionLine(props: SectionLineProps) {
  const { loaded, shown, parties, name, section, texts, showsBasis, usesOf } = props
  const say = useWords(visibilityWords)
  const { locale } = useLocale()
  const sight = sightOf(section, parties)
  const columns = columnsOf(loaded, name) ?? section.fields ?? {}
  const all = fieldsInOrder(columns).map(texts.field)
  // A section of one field that is called like it is said once.
  const fields = listed(all.length === 1 && all[0] === texts.section(name) ? [] : all, locale)
  const batch = shown.batches[name]
  const content =
    section.rows === undefined || fields === ''
      ? null
      : batch === undefined
        ? say('rowsPlain', { fields })
        : say('rows', { fields, count: grouped(String(batch.count)) })
  const uses = usesOf(name)
  const isAbsent = section.rows === undefined && fields !== '' && shown.sealed[name] === undefined
  const why = {
    keeps: say('keeps'),
    granted: say('granted', { owner: partyInSentence(section.owner, locale) }),
    sealed: say('onlyFor', { parties: partiesInWords(audienceOf(section), locale) }),
  }[sight]
  const clause = section.clause === undefined ? null : texts.clause(section.clause)
  return (
    <li>
      <Icon name={sight === 'sealed' ? 'lock' : 'check'} size={15} />
      <span>
        {texts.section(name)}
        {content === null ? (
          fields === '' ? null : (
            <small>{fields}</small>
          )
        ) : (
          <small>{content}</small>
        )}
        <small>
          {why}
          {sight === 'granted' && uses > 0 ? ` · ${say('uses', { used: uses })}` : null}
          {isAbsent || (all.length === 1 && shown.sealed[name] === undefined)
            ? ` · ${say('absent')}`
            : null}
        </small>
        {showsBasis && clause !== null ? <small>{clause.name}</small> : null}
      </span>
    </li>
  )
}

/** Rows of persons first, then what came with this case, then what could come. */
function inWeight(
  sections: Readonly<Record<string, SectionDefinition>>,
  shown: CaseShown,
): readonly string[] {
  const weight = (name: string): number =>
    sections[name]?.rows !== undefined
      ? 0
      : shown.sealed[name] !== undefined
        ? 1
        : hasFields(sections[name])
          ? 3
          : 2
  return Object.keys(sections).sort((one, other) => weight(one) - weight(other))
}

function hasFields(section: SectionDefinition | undefined): boolean {
  return Object.keys(section?.fields ?? {}).length > 0
}

/** Who somebody is stands before what they earn: the package keeps fields by name, not by weight. */
function fieldsInOrder(fields: Fields): readonly string[] {
  const weight = ({ type }: Field): number =>
    type === 'text' ? 0 : type === 'resident-id' ? 1 : type === 'money' ? 2 : 3
  return Object.entries(fields)
    .sort(([, one], [, other]) => weight(one) - weight(other))
    .map(([name]) => name)
}

function listed(names: readonly string[], locale: Locale): string {
  return names.join(locale === 'zh' ? '、' : ', ')
}

function Difference({
  difference: { party, theirs, ours },
  texts,
  compareAt,
}: {
  readonly difference: SightDifference
  readonly texts: PackageTexts
  readonly compareAt: ((party: string) => string) | null
}) {
  const say = useWords(visibilityWords)
  const { locale } = useLocale()
  const name = partyInSentence(party, locale)
  const named = (sections: readonly string[]): string => listed(sections.map(texts.section), locale)
  const sentence =
    theirs.length === 0
      ? say('ours', { sections: named(ours) })
      : ours.length === 0
        ? say('theirs', { party: name, sections: named(theirs) })
        : say('both', { party: name, theirs: named(theirs), ours: named(ours) })
  return (
    <p className="visibility-difference">
      <b>{say('compared', { party: name })}</b>
      {locale === 'zh' ? '：' : ': '}
      {sentence} {compareAt === null ? null : <Link to={compareAt(party)}>{say('beside')}</Link>}
    </p>
  )
}
