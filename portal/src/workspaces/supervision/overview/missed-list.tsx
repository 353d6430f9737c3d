/* What rules say must have happened by now and did not: anybody may say so, the contract checks that it is true. */
import type { Queries } from '@renshe/client'
import { Button } from 'antd'
import { exactMoment } from '../../../format/moments.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import { StepClock, useChainHeight } from '../../../patterns/step-clock/step-clock.tsx'
import { useAskAll } from '../../../session/asking.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { AlertName } from '../alerts/alert-parts.tsx'
import { AsOfHeight } from '../as-of.tsx'
import { useCaseNamed } from '../names.ts'
import { useSignedAct } from '../signed-act.ts'
import { supervisionWords } from '../words.ts'
import { CaseOf } from './alert-list.tsx'

type Missed = Queries['supervision.listMissed']['output']['items'][number]

/** The list. */
export function MissedList() {
  const say = useWords(supervisionWords)
  const missed = useAskAll('supervision.listMissed', {})
  const height = useChainHeight()
  const columns: readonly Column<Missed>[] = [
    {
      key: 'what',
      head: say('what'),
      cell: ({ case: caseId, alert, name }) => (
        <AlertName code={alert?.code ?? name} caseId={caseId} />
      ),
    },
    { key: 'case', head: say('case'), cell: ({ case: caseId }) => <CaseOf caseId={caseId} /> },
    { key: 'due', head: say('due'), cell: ({ due }) => <StepClock dueAt={due} /> },
    {
      key: 'raise',
      head: <span className="visually-hidden">{say('raise')}</span>,
      cell: (row) => <Raise missed={row} />,
    },
  ]
  return (
    <div id="missed">
      <Section
        title={say('missed')}
        aside={
          <>
            <span className="quiet">{say('missedLead')}</span>
            <span className="push">
              <AsOfHeight height={height} />
            </span>
          </>
        }
      >
        <Asked of={missed}>
          {(rows) => (
            <DataTable
              caption={say('missed')}
              columns={columns}
              rows={rows}
              keyOf={(row) => `${row.case}/${row.name}/${row.number}`}
              empty={
                <p className="all-clear">
                  <Icon name="check" size={16} />
                  {say('missedNone')}
                </p>
              }
            />
          )}
        </Asked>
      </Section>
    </div>
  )
}

function Raise({ missed }: { readonly missed: Missed }) {
  const say = useWords(supervisionWords)
  const sign = useSignedAct()
  const { case: caseId, name: rule, number, due } = missed
  const named = useCaseNamed(caseId)
  const by = exactMoment(due ?? 0).slice(0, 16)
  return (
    <Button
      size="small"
      onClick={() =>
        sign({
          id: `missed/${caseId}/${rule}/${number}`,
          title: { zh: '发出提醒：应办未办', en: 'Raise an alert: it did not happen' },
          action: 'supervision.raiseMissed',
          input: { case: caseId, rule, number },
          say: (input) => [
            {
              zh: `我单位报告：${named?.title.zh ?? ''}（案件 ${String(input.case)}）按规则“${String(input.rule)}”（第 ${String(input.number)} 步）应在 ${by} 前发生的事没有发生。`,
              en: `We report: in ${named?.title.en ?? 'case'} (${String(input.case)}), what rule “${String(input.rule)}” (step ${String(input.number)}) asks for by ${by} did not happen.`,
            },
            {
              zh: '合约会核对是否属实；属实就按规则通知有关单位。',
              en: 'The contract checks that this is true; then it tells those whom the rule names.',
            },
          ],
        })
      }
    >
      {say('raise')}
    </Button>
  )
}
