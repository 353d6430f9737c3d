/* Orders of a portfolio: where each stands, and who has it; the content is sealed. */
import { Link } from 'react-router'
import { DateCell, MomentCell, useMemberName } from '../../../cells/cells.tsx'
import type { LoadedPackage } from '../../../package/package-document.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { SealedWords } from '../../../patterns/sealed-field/sealed-words.tsx'
import { Empty, Failed, Waiting } from '../../../patterns/states/states.tsx'
import { type CaseShown, isUnfinished } from '../../../patterns/step-clock/case-shown.ts'
import { StepClock } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag, type Tone } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useWords } from '../../../words/locale.tsx'
import type { Orders } from './use-orders.ts'
import { orderWords } from './words.ts'

const TONES: Readonly<Record<string, Tone>> = {
  OPEN: 'current',
  EXECUTED: 'verified',
  REFUSED: 'attention',
  REJECTED: 'attention',
}

/** The list. */
export function OrderList({
  orders: { items, error },
  loaded,
}: {
  readonly orders: Orders
  readonly loaded: LoadedPackage
}) {
  const say = useWords(orderWords)
  const texts = usePackageTexts(loaded)
  const columns: readonly Column<CaseShown>[] = [
    {
      key: 'number',
      head: say('number'),
      cell: ({ id, values }) => (
        <Link to={`/institution/cases/${id}`}>
          {String(values.valuationDay)} / {String(values.orderNo)}
        </Link>
      ),
    },
    {
      key: 'state',
      head: say('state'),
      cell: ({ status }) => <Tag tone={TONES[status] ?? 'neutral'}>{texts.status(status)}</Tag>,
    },
    {
      key: 'holder',
      head: say('holder'),
      cell: (shown) => <Holder shown={shown} loaded={loaded} />,
    },
    { key: 'content', head: say('order'), cell: () => <SealedWords level={2} /> },
    {
      key: 'day',
      head: say('day'),
      cell: ({ values }) => <DateCell at={String(values.valuationDay)} />,
    },
    { key: 'opened', head: say('opened'), cell: ({ openedAt }) => <MomentCell at={openedAt} /> },
  ]
  return (
    <Section title={say('orders')} aside={<span className="quiet">{say('ordersLead')}</span>}>
      {error !== null ? <Failed error={error} /> : null}
      {items === null ? (
        error === null ? (
          <Waiting />
        ) : null
      ) : (
        <DataTable
          caption={say('orders')}
          columns={columns}
          rows={items}
          keyOf={({ id }) => id}
          empty={<Empty>{say('ordersNone')}</Empty>}
        />
      )}
    </Section>
  )
}

function Holder({ shown, loaded }: { readonly shown: CaseShown; readonly loaded: LoadedPackage }) {
  const say = useWords(orderWords)
  const texts = usePackageTexts(loaded)
  const nameOf = useMemberName()
  const isOpen = shown.endedAt === null
  const found = useAsk('cases.getCase', isOpen ? { case: shown.id } : null)
  if (!isOpen) return <>—</>
  const step = found.data?.data.steps.find(isUnfinished)
  if (step === undefined) return <>…</>
  const who = (step.awaits.length === 0 ? [step.holder] : step.awaits).map(nameOf).join('、')
  return (
    <span className="row">
      {say('now', { who, step: texts.step(step.step) })}
      <StepClock dueAt={step.dueAt} />
    </span>
  )
}
