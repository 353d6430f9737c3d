import './explore.css'
import { runSelfTests, type SelfTestLine } from '@renshe/crypto/self-test'
import { useMemo } from 'react'
import { FingerprintCell } from '../../cells/cells.tsx'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { useBilingual, useWords } from '../../words/locale.tsx'
import { lawWords } from './law-words.ts'

/** Both suites of algorithms test themselves in this browser. */
export function SelfTestPage() {
  const say = useWords(lawWords)
  const inBoth = useBilingual()
  const tests: readonly SelfTestLine[] = useMemo(runSelfTests, [])
  return (
    <Page title={say('testTitle')}>
      <p className="quiet">{say('testIntro')}</p>
      <Section label={say('testTitle')}>
        <DataTable
          caption={say('testTitle')}
          rows={tests}
          keyOf={({ id }) => id}
          columns={[
            { key: 'subject', head: say('testSubject'), cell: ({ subject }) => inBoth(subject) },
            { key: 'standard', head: say('testStandard'), cell: ({ standard }) => standard },
            {
              key: 'expected',
              head: say('expected'),
              cell: (t) => <FingerprintCell hex={t.expected} />,
            },
            { key: 'came', head: say('came'), cell: ({ came }) => <FingerprintCell hex={came} /> },
            {
              key: 'result',
              head: say('testResult'),
              cell: ({ expected, came }) =>
                expected === came ? (
                  <Tag tone="verified" icon="check">
                    {say('passed')}
                  </Tag>
                ) : (
                  <Tag tone="failure" icon="cross">
                    {say('failed')}
                  </Tag>
                ),
            },
          ]}
        />
      </Section>
    </Page>
  )
}
