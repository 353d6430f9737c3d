/* Steps whose time has passed, the longest first. */
import { MemberCell } from '../../../cells/cells.tsx'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import { StepClock } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { StepName } from '../../institution/case-label.tsx'
import { AsOfHeight } from '../as-of.tsx'
import { supervisionWords } from '../words.ts'
import { CaseOf } from './alert-list.tsx'

interface LateStep {
  readonly case: string
  readonly step: string
  readonly number: number
  readonly holder: string | null
  readonly due: number | null
  readonly awaits: string | null
}

/** The list. */
export function LateSteps() {
  const say = useWords(supervisionWords)
  const summary = useAsk('supervision.getSupervisionSummary', {})
  const columns: readonly Column<LateStep>[] = [
    {
      key: 'step',
      head: say('step'),
      cell: ({ case: caseId, step, awaits }) => (
        <>
          <StepName caseId={caseId} step={step} />
          {awaits === null ? null : (
            <small className="quiet"> {say('publishedWait', { what: awaits })}</small>
          )}
        </>
      ),
    },
    { key: 'case', head: say('case'), cell: ({ case: caseId }) => <CaseOf caseId={caseId} /> },
    { key: 'holder', head: say('holder'), cell: ({ holder }) => <MemberCell id={holder} /> },
    { key: 'due', head: say('due'), cell: ({ due }) => <StepClock dueAt={due} /> },
  ]
  return (
    <div id="late">
      <Section
        title={say('late')}
        aside={
          summary.data === undefined ? null : (
            <span className="push">
              <AsOfHeight height={summary.data.height} />
            </span>
          )
        }
      >
        <Asked of={summary}>
          {({ data: { lateSteps, unpublished } }) => (
            <DataTable
              caption={say('late')}
              columns={columns}
              rows={[
                ...lateSteps.items,
                ...unpublished.items.filter(
                  ({ due }) => due !== null && due < (summary.data?.data.at ?? 0),
                ),
              ]}
              keyOf={(row) => `${row.case}/${row.number}`}
              empty={
                <p className="all-clear">
                  <Icon name="check" size={16} />
                  {say('lateNone')}
                </p>
              }
            />
          )}
        </Asked>
      </Section>
    </div>
  )
}
