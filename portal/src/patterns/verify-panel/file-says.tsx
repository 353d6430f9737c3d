/* What an evidence file says, as a document: only as good as the checks beside it. */
import type { Json, JsonObject } from '@renshe/crypto'
import type { EvidenceSummary, PinnedChain, StatementRow } from '@renshe/proof'
import { exactMoment } from '../../format/moments.ts'
import { grouped, yuan } from '../../format/money.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'
import { verifyWords } from './words.ts'

const saysWords = words(
  {
    transaction: '办理记录',
    step: '办理记录',
    line: '个人账户份额对账单',
    read: '查看回执',
    rule: '规则',
    record: '账本记录',
    date: '入账时间',
    item: '事项',
    part: '部分',
    cost: '金额（元）',
    units: '份额',
    nav: '单位净值',
    residue: '余数（元）',
    from: '期初',
    to: '期末',
    entry: '变动',
    allocation: '缴费分配',
    reunitisation: '净值更正',
    correction: '更正',
    payment: '待遇支付',
    employer: '企业缴费',
    employee: '个人缴费',
    total: '合计',
    account: '账户编号',
  },
  {
    transaction: 'Record of an act',
    step: 'Record of an act',
    line: 'Statement of units of one account',
    read: 'Receipt of a look',
    rule: 'Rule',
    record: 'Record of the ledger',
    date: 'Recorded',
    item: 'Item',
    part: 'Part',
    cost: 'Yuan',
    units: 'Units',
    nav: 'Unit value',
    residue: 'Residue (yuan)',
    from: 'Opening',
    to: 'Closing',
    entry: 'Entry',
    allocation: 'Allocation',
    reunitisation: 'Restated units',
    correction: 'Correction',
    payment: 'Payment',
    employer: 'Employer',
    employee: 'Employee',
    total: 'Total',
    account: 'Account number',
  },
)

type SaysKey = Extract<keyof (typeof saysWords)['zh'], string>

/** The document that a file is. */
export function FileSays({
  summary,
  trust,
  isTrusted,
}: {
  readonly summary: EvidenceSummary
  readonly trust: PinnedChain | undefined
  readonly isTrusted: boolean
}) {
  const say = useWords(verifyWords)
  const kind = useWords(saysWords)
  const { statement, acts, opened, records, demonstration } = summary
  return (
    <section className={`verify-says ${isTrusted ? '' : 'is-untrusted'}`} aria-label={say('says')}>
      {demonstration ? <span className="verify-sample">{say('sample')}</span> : null}
      <h3 className="serif">
        {kind(summary.kind in saysWords.zh ? (summary.kind as SaysKey) : 'record')}
      </h3>
      {isTrusted ? null : <p className="quiet">{say('untrusted')}</p>}
      {statement === null ? null : <StatementTable statement={statement} />}
      {(statement === null ? acts : []).map((act) => (
        <ActFacts key={act.txId} act={act} trust={trust} />
      ))}
      {(statement === null ? opened : []).flatMap(({ sections, record }) =>
        sections.map(({ name, content, bytes }) => (
          <div key={`${record}/${name}`}>
            <h4>{say('opened')}</h4>
            {content === null ? (
              <p className="quiet">{say('unreadable', { bytes })}</p>
            ) : (
              <Facts of={content} />
            )}
          </div>
        )),
      )}
      {statement !== null || acts.length > 0
        ? null
        : records.map(({ collection, key, value }) => (
            <div key={`${collection}/${key}`}>
              <h4>{`${collection} ${key}`}</h4>
              <Facts of={value} />
            </div>
          ))}
    </section>
  )
}

function ActFacts({
  act,
  trust,
}: {
  readonly act: EvidenceSummary['acts'][number]
  readonly trust: PinnedChain | undefined
}) {
  const say = useWords(verifyWords)
  const { locale } = useLocale()
  const { signer, action, time, code, txId, input } = act
  const member = trust?.members?.[signer.member]?.[locale] ?? signer.member
  return (
    <dl className="verify-facts">
      <dt>{say('what')}</dt>
      <dd>{action}</dd>
      <dt>{say('who')}</dt>
      <dd>
        {member} {signer.name} {signer.roles.length === 0 ? '' : `(${signer.roles.join(', ')})`}
      </dd>
      <dt>{say('when')}</dt>
      <dd>{time === null ? '—' : exactMoment(time)}</dd>
      <dt>{say('outcome')}</dt>
      <dd>{code === 'OK' ? say('accepted') : code}</dd>
      <dt>{say('number')}</dt>
      <dd className="mono">{txId}</dd>
      <dt>{say('input')}</dt>
      <dd>
        <Facts of={input} />
      </dd>
    </dl>
  )
}

/** JSON as labelled values, deep values folded into one line. */
function Facts({ of: value }: { readonly of: Json }) {
  if (typeof value !== 'object' || value === null) return <span>{String(value)}</span>
  if (Array.isArray(value)) return <span className="mono">{JSON.stringify(value)}</span>
  return (
    <dl className="verify-facts">
      {Object.entries(value as JsonObject).map(([name, own]) => (
        <div key={name} className="verify-fact">
          <dt>{name}</dt>
          <dd>
            {typeof own === 'string' ? own : <span className="mono">{JSON.stringify(own)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

type StatementShown = NonNullable<EvidenceSummary['statement']>

function StatementTable({ statement: { account, rows } }: { readonly statement: StatementShown }) {
  const say = useWords(saysWords)
  return (
    <>
      <p className="quiet">
        {say('account')} <span className="mono">{account}</span>
      </p>
      <div className="verify-statement">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('date')}</th>
              <th scope="col">{say('item')}</th>
              <th scope="col">{say('part')}</th>
              <th scope="col" className="number">
                {say('cost')}
              </th>
              <th scope="col" className="number">
                {say('units')}
              </th>
              <th scope="col" className="number">
                {say('nav')}
              </th>
              <th scope="col" className="number">
                {say('residue')}
              </th>
            </tr>
          </thead>
          <tbody>{rows.flatMap((row, index) => linesOf(row, index, say))}</tbody>
        </table>
      </div>
    </>
  )
}

/** Kinds of journal that have a name of their own; another is told by its code. */
const JOURNAL_KINDS: Readonly<Record<string, SaysKey>> = {
  ALLOCATION: 'allocation',
  REUNITISATION: 'reunitisation',
  CORRECTION: 'correction',
  PAYMENT: 'payment',
}

function itemOf(
  kind: StatementRow['kind'],
  journalKind: string | null,
  say: (key: SaysKey) => string,
): string {
  if (kind !== 'entry' || journalKind === null) return say(kind)
  const known = JOURNAL_KINDS[journalKind]
  return known === undefined ? journalKind : say(known)
}

function linesOf(row: StatementRow, index: number, say: (key: SaysKey) => string) {
  const { kind, time, journalKind, parts } = row
  return parts.map(({ part, cost, units, netValue, residue }, at) => (
    <tr key={`${index}/${part}`} className={kind === 'entry' ? undefined : 'is-balance'}>
      <td>{at === 0 && time !== null ? exactMoment(time).slice(0, 16) : ''}</td>
      <td>{at === 0 ? itemOf(kind, journalKind, say) : ''}</td>
      <td>{part === 'employer' || part === 'employee' ? say(part) : part}</td>
      <td className="number">{yuan(cost)}</td>
      <td className="number">{grouped(units, 4)}</td>
      <td className="number">{netValue === null ? '—' : grouped(netValue, 4)}</td>
      <td className="number">{residue === null ? '—' : residue}</td>
    </tr>
  ))
}
