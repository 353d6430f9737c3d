/* One transaction: the sentence, who signed and could, what came of it, and the way to the signed head. */
import './explore.css'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { FingerprintCell } from '../../cells/cells.tsx'
import { exactMoment } from '../../format/moments.ts'
import { saveFile } from '../../format/save-file.ts'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Refused } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { EVENT_WORDS } from '../../patterns/transaction/event-words.ts'
import { sentenceOf } from '../../patterns/transaction/sentence.ts'
import type { TransactionShown } from '../../patterns/transaction/shown.ts'
import { useRoute } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { recordWords } from './record-words.ts'

/** One transaction of the chain. */
export function TransactionPage() {
  const say = useWords(recordWords)
  const { locale } = useLocale()
  const txId = useParams().txId ?? ''
  const shown = useRoute<TransactionShown>(`/transactions/${txId}`)
  const data = shown.data
  const title = data?.status === 'final' ? sentenceOf(data, locale) : say('transactionTitle')
  return (
    <Page
      title={title}
      crumb={<Link to="/explore/blocks">{say('blocksTitle')}</Link>}
      tags={data?.status === 'final' ? <ResultTag code={data.code} /> : null}
      {...(data?.status === 'final' ? { actions: <EvidenceButton txId={txId} /> } : {})}
    >
      <Asked of={shown}>
        {(transaction) =>
          transaction.status === 'final' ? (
            <Whole transaction={transaction} />
          ) : (
            <Refused title={say(transaction.status === 'pending' ? 'pending' : 'notIncluded')} />
          )
        }
      </Asked>
    </Page>
  )
}

function ResultTag({ code }: { readonly code: string }) {
  const say = useWords(recordWords)
  return code === 'OK' ? (
    <Tag tone="verified" icon="check">
      {say('recorded')}
    </Tag>
  ) : (
    <Tag tone="attention" icon="alert">
      {say('refusedWith', { code })}
    </Tag>
  )
}

function EvidenceButton({ txId }: { readonly txId: string }) {
  const say = useWords(recordWords)
  const { api } = useSession()
  const save = async (): Promise<void> => {
    const { bytes, type } = await api.download(`/transactions/${txId}/evidence`)
    saveFile(bytes, `${txId.slice(0, 16)}.renshe.json`, type)
  }
  return (
    <Button icon={<Icon name="down" />} onClick={() => void save()}>
      {say('evidence')}
    </Button>
  )
}

function Whole({ transaction }: { readonly transaction: TransactionShown }) {
  const say = useWords(recordWords)
  const { locale } = useLocale()
  return (
    <>
      <WhoSection transaction={transaction} />
      <PathSection transaction={transaction} />
      <Section title={say('effects')}>
        {transaction.events.length === 0 ? (
          <p className="quiet">{say('noEffects')}</p>
        ) : (
          <ul className="event-list">
            {transaction.events.map(({ name, data }, at) => (
              <li key={`${name}/${at + 1}`}>
                <b>{EVENT_WORDS[name]?.[locale] ?? name}</b>
                {data === undefined ? null : <code>{JSON.stringify(data)}</code>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Body transaction={transaction} />
    </>
  )
}

/** Who signed it, whether that key could, and where it lies. */
function WhoSection({ transaction }: { readonly transaction: TransactionShown }) {
  const say = useWords(recordWords)
  const { locale } = useLocale()
  const { chain } = useSession()
  const { signer, authority, memberName, height, index, time, about } = transaction
  return (
    <Section title={say('whoTitle')}>
      <dl className="facts">
        <dt>{say('signer')}</dt>
        <dd>
          {memberName?.[locale] ?? signer.member} {signer.name}
        </dd>
        <dt>{say('authority')}</dt>
        <dd>
          {authority === null ? (
            say('authorityUnknown')
          ) : authority.wasInForce ? (
            <Tag tone="verified" icon="check">
              {say('wasInForce')}
            </Tag>
          ) : (
            <Tag tone="failure" icon="cross">
              {say('wasNotInForce')}
            </Tag>
          )}
        </dd>
        <dt>{say('when')}</dt>
        <dd>
          <Link to={`/explore/blocks/${height}`}>{say('place', { height, n: index + 1 })}</Link>
          {` · ${exactMoment(time)}`}
          {chain.isDemonstration ? ` · ${say('demonstrationClock')}` : ''}
        </dd>
        {about?.case === undefined ? null : (
          <>
            <dt>{say('case')}</dt>
            <dd>
              <FingerprintCell hex={about.case} />
            </dd>
          </>
        )}
        <dt>{say('number')}</dt>
        <dd className="mono">{transaction.txId}</dd>
      </dl>
    </Section>
  )
}

/** The path recomputed in this browser, to a head that witnesses signed. */
function PathSection({ transaction }: { readonly transaction: TransactionShown }) {
  const say = useWords(recordWords)
  const { txId, proof } = transaction
  const checked = useQuery({
    queryKey: ['path', txId, proof.finality.tip.height],
    queryFn: async () => {
      const { checkPath } = await import('../../patterns/transaction/check-path.ts')
      return checkPath(txId, proof)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Section title={say('pathTitle')}>
      <Asked of={checked} rows={2}>
        {({ isInBlock, isInLog, isSigned, steps }) => (
          <ul className="tick-list">
            <Tick isGreen={isInBlock} text={say('inBlock', { height: proof.header.height })} />
            <Tick
              isGreen={isInLog}
              text={say('inLog', { size: proof.finality.tip.height + 1, steps })}
            />
            <Tick isGreen={isSigned} text={say('isSigned')} />
          </ul>
        )}
      </Asked>
    </Section>
  )
}

function Tick({ isGreen, text }: { readonly isGreen: boolean; readonly text: string }) {
  const say = useWords(recordWords)
  return (
    <li className={isGreen ? 'is-green' : 'is-red'}>
      <Icon name={isGreen ? 'check' : 'cross'} />
      <span className="visually-hidden">{say(isGreen ? 'passed' : 'failed')}</span>
      {text}
    </li>
  )
}

/** The body: for members of the chain, and for all where it is wholly public. */
function Body({ transaction }: { readonly transaction: TransactionShown }) {
  const say = useWords(recordWords)
  const { input, data, body, isPublic } = transaction
  if (body === undefined) {
    return (
      <Section title={say('technical')}>
        <p>{say('membersOnly')}</p>
      </Section>
    )
  }
  return (
    <details className="technical">
      <summary>{say(isPublic ? 'technical' : 'technicalMembers')}</summary>
      <pre className="mono">{JSON.stringify({ input, data }, null, 1)}</pre>
      <p className="quiet">{say('bytes')}</p>
      <pre className="mono">{body}</pre>
    </details>
  )
}
