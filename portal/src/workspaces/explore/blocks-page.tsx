/* Blocks, the newest first, each act as a sentence. */
import './explore.css'
import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { listMoment } from '../../format/moments.ts'
import { Page } from '../../patterns/page/page.tsx'
import { Asked } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { sentenceOf } from '../../patterns/transaction/sentence.ts'
import type { BlockLine, HeadShown } from '../../patterns/transaction/shown.ts'
import { useRoute } from '../../session/asking.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { recordWords } from './record-words.ts'

interface BlockList {
  readonly head: HeadShown
  readonly items: readonly BlockLine[]
  readonly next: number | null
}

/** The list of blocks; `?before=` is where a page begins. */
export function BlocksPage() {
  const say = useWords(recordWords)
  const [asked, setAsked] = useSearchParams()
  const before = asked.get('before')
  const list = useRoute<BlockList>(`/blocks${before === null ? '' : `?before=${before}`}`)
  return (
    <Page title={say('blocksTitle')}>
      <p className="quiet">{say('blocksIntro')}</p>
      <Asked of={list} rows={8}>
        {({ head, items, next }) => (
          <>
            <HeadCard head={head} />
            <ol className="block-list">
              {runsOf(items).map((run) =>
                run.length > 1 ? (
                  <RunCard key={run[0]?.height} run={run} now={head.time} />
                ) : (
                  run.map((block) => <BlockCard key={block.height} block={block} now={head.time} />)
                ),
              )}
            </ol>
            <div className="row">
              {before === null ? null : (
                <Button onClick={() => setAsked({})}>{say('newest')}</Button>
              )}
              {next === null ? null : (
                <Button onClick={() => setAsked({ before: String(next) })}>{say('older')}</Button>
              )}
            </div>
          </>
        )}
      </Asked>
    </Page>
  )
}

function HeadCard({ head }: { readonly head: HeadShown }) {
  const say = useWords(recordWords)
  const { locale } = useLocale()
  const { signedBy, size } = head
  const { operator, witnesses, threshold, of } = signedBy
  const names = witnesses.map(({ member, memberName }) => memberName?.[locale] ?? member)
  return (
    <section className="card head-card" aria-label={say('head')}>
      <div>
        <h2>{say('headIs', { size })}</h2>
        <p className="quiet">
          {say('signedBy', {
            operator: operator?.memberName?.[locale] ?? operator?.member ?? '—',
            count: witnesses.length,
            of,
            threshold,
          })}
        </p>
        <p className="quiet">{names.join(locale === 'zh' ? '、' : ', ')}</p>
      </div>
      <Tag tone="verified" icon="check">
        {say('final')}
      </Tag>
    </section>
  )
}

function BlockCard({ block, now }: { readonly block: BlockLine; readonly now: number }) {
  const say = useWords(recordWords)
  const { locale } = useLocale()
  const { height, time, transactions } = block
  return (
    <li className="card block-card">
      <header>
        <Link to={`/explore/blocks/${height}`}>{say('block', { height })}</Link>
        <span className="quiet">{listMoment(time, now)}</span>
      </header>
      {transactions.length === 0 ? (
        <p className="quiet">{say(height === 0 ? 'genesis' : 'noActs')}</p>
      ) : (
        <ul>
          {transactions.map((line) => (
            <li key={line.txId}>
              <Link to={`/explore/tx/${line.txId}`}>{sentenceOf(line, locale)}</Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Blocks that only tell the head of the ledger stand together: nothing was done in them. */
function runsOf(blocks: readonly BlockLine[]): BlockLine[][] {
  const runs: BlockLine[][] = []
  for (const block of blocks) {
    const last = runs.at(-1)
    if (last !== undefined && isQuiet(block) && last.every(isQuiet)) last.push(block)
    else runs.push([block])
  }
  return runs
}

function isQuiet({ transactions }: BlockLine): boolean {
  return transactions.every(({ action }) => action === 'ledger.checkpoint')
}

function RunCard({ run, now }: { readonly run: readonly BlockLine[]; readonly now: number }) {
  const say = useWords(recordWords)
  const [newest, oldest] = [run[0], run.at(-1)]
  if (newest === undefined || oldest === undefined) return null
  return (
    <li className="block-run quiet">
      <Link to={`/explore/blocks/${newest.height}`}>
        {say('blocks', { from: oldest.height, to: newest.height })}
      </Link>
      <span>{say('onlyHeads')}</span>
      <span className="push">{listMoment(newest.time, now)}</span>
    </li>
  )
}
