/* One rule at one version: how it is computed, by which clauses, since when. */
import './explore.css'
import { Link, useParams } from 'react-router'
import { FingerprintCell } from '../../cells/cells.tsx'
import { usePackage } from '../../package/use-package.ts'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked } from '../../patterns/states/states.tsx'
import { useAsk, useAskAll } from '../../session/asking.ts'
import type { Bilingual } from '../../shell/workspace.ts'
import { certaintyInWords, lawMarks, roundingInWords } from '../../words/law-marks.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { lawWords } from './law-words.ts'

interface Rounding {
  readonly mode: string
  readonly places: string | number
}

interface RuleStep {
  readonly name: string
  readonly expression?: string
  readonly clause?: string
  readonly rounding?: Rounding
}

interface RuleFact {
  readonly name: string
  readonly type: string
  readonly optional?: boolean
}

interface RuleDocument {
  readonly title?: Bilingual
  readonly steps?: readonly RuleStep[]
  readonly facts?: readonly RuleFact[]
  readonly outputs?: readonly { readonly name: string; readonly type: string }[]
}

/** Types of facts in words. */
const TYPES: Readonly<Record<string, Bilingual>> = {
  money: { zh: '金额（元）', en: 'amount (yuan)' },
  decimal: { zh: '小数', en: 'decimal' },
  int: { zh: '整数', en: 'whole number' },
  date: { zh: '日期', en: 'date' },
  month: { zh: '年月', en: 'month' },
  boolean: { zh: '是或否', en: 'yes or no' },
  code: { zh: '选项', en: 'choice' },
  text: { zh: '文字', en: 'text' },
  list: { zh: '多项', en: 'list' },
}

/** One rule. */
export function RulePage() {
  const say = useWords(lawWords)
  const { locale } = useLocale()
  const hash = useParams().hash ?? ''
  const rule = useAsk('catalogue.getRule', { rule: hash })
  const document = rule.data?.data.document as RuleDocument | undefined
  return (
    <Page
      title={document?.title?.[locale] ?? rule.data?.data.record.id ?? say('rulesTitle')}
      crumb={<Link to="/explore/rules">{say('rulesTitle')}</Link>}
    >
      <Asked of={rule} rows={6}>
        {({ data: { record } }) => (
          <>
            <Section label={say('rule')}>
              <dl className="facts">
                <dt>{say('rule')}</dt>
                <dd>{record.id}</dd>
                <dt>{say('effective')}</dt>
                <dd>
                  {record.effectiveFrom ?? record.inForceFrom}
                  {record.effectiveTo === null ? '' : ` – ${record.effectiveTo}`}
                </dd>
                <dt>{say('version')}</dt>
                <dd>
                  <FingerprintCell hex={record.hash} /> ·{' '}
                  {say('publishedAt', { height: record.publishedHeight })}
                </dd>
              </dl>
            </Section>
            <Formula id={record.id} document={document ?? {}} hash={record.package} />
            <ClauseList ids={record.clauses} />
            <Versions id={record.id} current={hash} />
            <details className="technical">
              <summary>{say('technical')}</summary>
              <pre className="mono">{JSON.stringify(document, null, 1)}</pre>
            </details>
          </>
        )}
      </Asked>
    </Page>
  )
}

/** What the package calls a step or a fact, and how it tells a step; the name itself where it does not. */
function useRuleWords(id: string, hash: string) {
  const { locale } = useLocale()
  const texts = usePackage(hash).data?.document.texts[locale] ?? {}
  return {
    label: (name: string) => texts[`rule.${id}.${name}.title`] ?? texts[`field.${name}`] ?? name,
    sentence: (name: string) => readable(texts, texts[`rule.${id}.${name}`]),
  }
}

/** A sentence without an occasion: names in the place of numbers, the clause stands beside it. */
function readable(texts: Readonly<Record<string, string>>, template: string | undefined) {
  return template
    ?.replace(/ ?[（(]\{clause\}[）)]/g, '')
    .replace(/ = \{(?:before|value)\}(?: 元| yuan)?/g, '')
    .replace(/\{(?!value|before)([^{}]+)\}/g, (_, name: string) => {
      const words = texts[`field.${name}`] ?? texts[`parameter.${name}`]
      return words === undefined ? '…' : `［${words}］`
    })
    .replace(/\{(?:value|before)\}/g, '…')
}

function Formula({
  id,
  document: { steps = [], facts = [] },
  hash,
}: {
  readonly id: string
  readonly document: RuleDocument
  readonly hash: string
}) {
  const say = useWords(lawWords)
  const { locale } = useLocale()
  const { label, sentence } = useRuleWords(id, hash)
  return (
    <>
      <Section title={say('formula')}>
        <DataTable
          caption={say('formula')}
          rows={steps}
          keyOf={({ name }) => name}
          columns={[
            { key: 'step', head: say('step'), cell: ({ name }) => label(name) },
            {
              key: 'expression',
              head: say('expression'),
              cell: ({ name, expression }) => (
                <>
                  {sentence(name) === undefined ? null : <p>{sentence(name)}</p>}
                  <code className="mono quiet">{expression ?? say('byTable')}</code>
                </>
              ),
            },
            {
              key: 'rounding',
              head: say('rounding'),
              cell: ({ rounding }) => <RoundingCell rounding={rounding} />,
            },
            { key: 'clause', head: say('clauses'), cell: ({ clause }) => clause ?? '—' },
          ]}
        />
        <p className="quiet law-note">{say('examples')}</p>
      </Section>
      {facts.length === 0 ? null : (
        <Section title={say('facts')}>
          <ul className="law-list">
            {facts.map(({ name, type, optional }) => (
              <li key={name}>
                <b>{label(name)}</b>
                <span className="quiet">{TYPES[type]?.[locale] ?? type}</span>
                {optional === true ? <span className="quiet">{say('optional')}</span> : null}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function RoundingCell({ rounding }: { readonly rounding: Rounding | undefined }) {
  const say = useWords(lawWords)
  const mark = useWords(lawMarks)
  if (rounding === undefined) return '—'
  const { mode, places } = rounding
  return say('roundingIs', { mode: roundingInWords(mode, mark), places: String(places) })
}

function ClauseList({ ids }: { readonly ids: readonly string[] }) {
  const say = useWords(lawWords)
  const mark = useWords(lawMarks)
  const clauses = useAskAll('catalogue.listClauses', {})
  return (
    <Section title={say('clauses')}>
      <Asked of={clauses} rows={2}>
        {(items) => (
          <ul className="law-list is-tall">
            {ids.map((id) => {
              const found = items.find((clause) => clause.id === id)
              return (
                <li key={id}>
                  <b>{id}</b>
                  {found === undefined ? null : (
                    <>
                      <blockquote lang="zh-CN">{found.quotation}</blockquote>
                      <span className="quiet">
                        {say('certainty', { mark: certaintyInWords(found.certainty, mark) })}
                      </span>
                    </>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Asked>
    </Section>
  )
}

function Versions({ id, current }: { readonly id: string; readonly current: string }) {
  const say = useWords(lawWords)
  const versions = useAskAll('catalogue.listRules', { rule: id })
  if (versions.data === undefined || versions.data.length < 2) return null
  return (
    <Section title={say('versions')}>
      <ul className="law-list">
        {versions.data.map(({ hash, inForceFrom, publishedHeight }) => (
          <li key={hash}>
            {hash === current ? (
              <b>{say('current')}</b>
            ) : (
              <Link to={`/explore/rules/${hash}`}>{say('inForce', { from: inForceFrom })}</Link>
            )}
            <span className="quiet">{say('publishedAt', { height: publishedHeight })}</span>
            {hash === current ? null : (
              <Link to={`/explore/rules/${current}/since/${hash}`}>{say('diffOpen')}</Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
