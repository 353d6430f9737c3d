/* One block: who signed it, its acts as sentences, its roots under 技术细节. */
import './explore.css'
import { Link, useParams } from 'react-router'
import { exactMoment } from '../../format/moments.ts'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { sentenceOf } from '../../patterns/transaction/sentence.ts'
import type { TransactionLine } from '../../patterns/transaction/shown.ts'
import { useRoute } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { recordWords } from './record-words.ts'

interface BlockShown {
  readonly height: number
  readonly header: Readonly<Record<string, unknown>> & { readonly time: number }
  readonly transactions: readonly TransactionLine[]
}

/** One block of the chain. */
export function BlockPage() {
  const say = useWords(recordWords)
  const { locale } = useLocale()
  const { chain } = useSession()
  const height = Number(useParams().height)
  const block = useRoute<BlockShown>(`/blocks/${height}`, { isFixed: true })
  return (
    <Page
      title={say('block', { height })}
      crumb={<Link to="/explore/blocks">{say('blocksTitle')}</Link>}
    >
      <Asked of={block}>
        {({ header, transactions }) => (
          <>
            <p className="quiet">
              {exactMoment(header.time)}
              {chain.isDemonstration ? ` · ${say('demonstrationClock')}` : ''}
            </p>
            <Section title={say('acts', { count: transactions.length })}>
              {transactions.length === 0 ? (
                <Empty>{say(height === 0 ? 'genesis' : 'noActs')}</Empty>
              ) : (
                <ol className="act-list">
                  {transactions.map((line) => (
                    <li key={line.txId}>
                      <Link to={`/explore/tx/${line.txId}`}>{sentenceOf(line, locale)}</Link>
                    </li>
                  ))}
                </ol>
              )}
            </Section>
            <nav className="row" aria-label={say('neighbours')}>
              {height > 0 ? (
                <Link to={`/explore/blocks/${height - 1}`}>{say('previous')}</Link>
              ) : null}
              {height < chain.finalHeight ? (
                <Link to={`/explore/blocks/${height + 1}`}>{say('next')}</Link>
              ) : null}
            </nav>
            <details className="technical">
              <summary>{say('technical')}</summary>
              <pre className="mono">{JSON.stringify(header, null, 1)}</pre>
            </details>
          </>
        )}
      </Asked>
    </Page>
  )
}
