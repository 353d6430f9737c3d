/* Two versions of a rule side by side, in words before colours. */
import './explore.css'
import type { JsonObject } from '@renshe/crypto'
import { Link, useParams } from 'react-router'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { useAsk } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { compareRules } from './compare-rules.ts'
import { lawWords } from './law-words.ts'
import { PeoplePart, type RuleVersionShown } from './people-part.tsx'

const TONES = { added: 'verified', removed: 'failure', changed: 'attention' } as const

/** `/explore/rules/:hash/since/:older`. */
export function RuleDiffPage() {
  const say = useWords(lawWords)
  const { hash = '', older = '' } = useParams()
  const [after, before] = [
    useAsk('catalogue.getRule', { rule: hash }),
    useAsk('catalogue.getRule', { rule: older }),
  ]
  const id = after.data?.data.record.id ?? ''
  return (
    <Page
      title={say('diffTitle', { id })}
      crumb={<Link to={`/explore/rules/${hash}`}>{id === '' ? say('rulesTitle') : id}</Link>}
    >
      <Asked of={before} rows={4}>
        {({ data: was }) => (
          <Asked of={after} rows={4}>
            {({ data: is }) => (
              <>
                <Changes before={was.document as JsonObject} after={is.document as JsonObject} />
                <PeoplePart
                  before={versionOf(was.document, was.record.package)}
                  after={versionOf(is.document, is.record.package)}
                />
              </>
            )}
          </Asked>
        )}
      </Asked>
    </Page>
  )
}

function versionOf(document: unknown, from: string): RuleVersionShown {
  return { document: document as RuleVersionShown['document'], package: from }
}

function Changes({ before, after }: { readonly before: JsonObject; readonly after: JsonObject }) {
  const say = useWords(lawWords)
  const changes = compareRules(before, after)
  return (
    <Section title={say('diffChanges', { count: changes.length })}>
      <DataTable
        caption={say('diffChanges', { count: changes.length })}
        rows={changes}
        keyOf={({ place }) => place}
        empty={<Empty>{say('diffNone')}</Empty>}
        columns={[
          {
            key: 'kind',
            head: say('diffKind'),
            cell: ({ kind }) => <Tag tone={TONES[kind]}>{say(kind)}</Tag>,
          },
          { key: 'place', head: say('diffPlace'), cell: ({ place }) => place },
          {
            key: 'before',
            head: say('diffBefore'),
            cell: (change) => <code className="mono">{change.before ?? '—'}</code>,
          },
          {
            key: 'after',
            head: say('diffAfter'),
            cell: (change) => <code className="mono">{change.after ?? '—'}</code>,
          },
        ]}
      />
    </Section>
  )
}
