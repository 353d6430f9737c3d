import { DateCell } from '../../cells/cells.tsx'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'

const todayWords = words(
  { title: '今日待办', none: '待办已清。', step: '步骤', due: '期限' },
  { title: 'Today', none: 'Nothing is waiting for you.', step: 'Step', due: 'Due' },
)

/** Open steps that await this member, the most urgent first. */
export function TodayPage() {
  const say = useWords(todayWords)
  const { session } = useSession()
  const steps = useAsk('cases.listOpenSteps', { member: session?.member ?? '' })
  return (
    <Page title={say('title')}>
      <Section label={say('title')}>
        <Asked of={steps}>
          {({ data }) => (
            <DataTable
              caption={say('title')}
              rows={data.items}
              keyOf={({ step }) => `${step.case}/${step.n}`}
              empty={<Empty>{say('none')}</Empty>}
              columns={[
                { key: 'step', head: say('step'), cell: ({ step }) => step.step },
                { key: 'due', head: say('due'), cell: ({ step }) => <DateCell at={step.dueAt} /> },
              ]}
            />
          )}
        </Asked>
      </Section>
    </Page>
  )
}
