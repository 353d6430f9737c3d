/* The one thing that has to happen next on a warrant, and who does it. */
import { Button } from 'antd'
import { useMemberName } from '../../../cells/cells.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Refused } from '../../../patterns/states/states.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { useSignedAct } from '../signed-act.ts'
import { SUPERVISION } from '../supervisor.ts'
import { SampleSignIn } from './sample-sign-in.tsx'
import { useWarrantNames } from './use-warrant-names.ts'
import { termsOf, warrantSentences } from './warrant-sentences.ts'
import { statusOf, type WarrantUse } from './warrant-status.ts'
import { warrantWords } from './words.ts'

/** What comes next; nothing where rows can be looked at. */
export function NextPart({ use }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const nameOf = useMemberName()
  const status = statusOf(use, useChainTime())
  const { warrant } = use
  const owner = nameOf(warrant.owner)
  switch (status) {
    case 'open':
      return null
    case 'toConfirm':
      return <Confirm use={use} />
    case 'toName':
      return (
        <Section title={say('next')}>
          <p>{say('toNameLead', { owner })}</p>
          <p className="act-foot">
            <SampleSignIn
              member={warrant.owner}
              officerRole="data-steward"
              text="asSteward"
              path="/institution/warrants"
            />
          </p>
        </Section>
      )
    case 'nobody':
      return <Said text={say('nobodyLead', { owner })} />
    case 'spent':
      return <Said text={say('spentLead')} />
    case 'over':
      return <Said text={say('overLead')} />
    case 'revoked':
      return <Said text={say('revokedLead')} />
  }
}

function Said({ text }: { readonly text: string }) {
  const say = useWords(warrantWords)
  return (
    <Section title={say('next')}>
      <p>{text}</p>
    </Section>
  )
}

/** The second signature; who issued it is told in words why it is not theirs. */
function Confirm({ use: { warrant } }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const { session } = useSession()
  const sign = useSignedAct()
  const names = useWarrantNames(warrant.case)
  const { id, reference, issued } = warrant
  const isIssuer = issued.member === session?.member && issued.name === session.name
  if (isIssuer) {
    return (
      <Refused
        title={say('sameOfficer')}
        next={
          <p>
            <SampleSignIn member={issued.member} officerRole={SUPERVISION} text="asOther" />
          </p>
        }
      />
    )
  }
  return (
    <Section title={say('next')}>
      <p>{say('confirmLead')}</p>
      <div className="act-foot">
        <Button
          type="primary"
          onClick={() =>
            sign({
              id: `confirm/${id}`,
              title: { zh: `确认调阅令 ${reference}`, en: `Confirm warrant ${reference}` },
              action: 'supervision.confirmWarrant',
              input: { warrant: id },
              say: (input) => [
                {
                  zh: `我作为第二位经办人确认调阅令（编号 ${String(input.warrant)}）。确认后立即生效。`,
                  en: `As the second officer I confirm the warrant (${String(input.warrant)}). It is in force at once.`,
                },
                ...warrantSentences(termsOf(warrant), names),
              ],
            })
          }
        >
          {say('confirm')}
        </Button>
      </div>
    </Section>
  )
}
