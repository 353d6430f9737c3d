import './supervision.css'
import '../../patterns/step-form/step-form.css'
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { Problem } from '../../session/api.ts'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { AsOfHeight } from './as-of.tsx'
import { useSignedAct } from './signed-act.ts'
import { isSupervisor } from './supervisor.ts'
import { LookPart } from './warrants/look-part.tsx'
import { LooksList } from './warrants/looks-list.tsx'
import { NextPart } from './warrants/next-part.tsx'
import { Hidden, WarrantState } from './warrants/warrant-parts.tsx'
import type { WarrantUse } from './warrants/warrant-status.ts'
import { WarrantTermsList, WarrantTurns } from './warrants/warrant-terms.tsx'
import { warrantWords } from './warrants/words.ts'

/** One warrant: what it says, who signed, what comes next, each look. */
export function WarrantPage() {
  const { id = '' } = useParams()
  const asked = useAsk('supervision.getWarrant', { warrant: id })
  if (asked.data === undefined) {
    const isAbsent = asked.error instanceof Problem && asked.error.status === 404
    return isAbsent ? <NoWarrant /> : <NotYet asked={asked} />
  }
  const { height, data } = asked.data
  return <Loaded key={id} use={data} height={height} />
}

function NotYet({ asked }: { readonly asked: UseQueryResult<unknown> }) {
  const say = useWords(warrantWords)
  return (
    <Page title={say('title')} crumb={<Link to="/supervision/warrants">{say('crumb')}</Link>}>
      <Asked of={asked} rows={8}>
        {() => null}
      </Asked>
    </Page>
  )
}

function NoWarrant() {
  const say = useWords(warrantWords)
  return (
    <Page title={say('absent')}>
      <Section label={say('absent')}>
        <Empty action={<Link to="/supervision/warrants">{say('back')}</Link>}>
          {say('absentLead')}
        </Empty>
      </Section>
    </Page>
  )
}

function Loaded({ use, height }: { readonly use: WarrantUse; readonly height: number }) {
  const say = useWords(warrantWords)
  const { warrant } = use
  return (
    <Page
      title={say('warrantTitle', { reference: warrant.reference })}
      crumb={<Link to="/supervision/warrants">{say('crumb')}</Link>}
      tags={
        <>
          <WarrantState use={use} />
          <Hidden warrant={warrant} />
          <AsOfHeight height={height} />
        </>
      }
      actions={<Revoke use={use} />}
    >
      <div className="supervision-main">
        <div className="stack">
          <NextPart use={use} />
          <LookPart use={use} />
          <LooksList warrant={warrant} />
        </div>
        <div className="stack">
          <Section title={say('terms')}>
            <WarrantTermsList use={use} />
          </Section>
          <Section title={say('turns')}>
            <WarrantTurns use={use} />
          </Section>
        </div>
      </div>
    </Page>
  )
}

function Revoke({ use: { warrant, isInForce } }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const { session } = useSession()
  const sign = useSignedAct()
  const { id, reference, state, issued } = warrant
  const isOwn = isSupervisor(session) && session?.member === issued.member
  if (!isOwn || state === 'revoked' || (state === 'confirmed' && !isInForce)) return null
  return (
    <Button
      onClick={() =>
        sign({
          id: `revoke/${id}`,
          title: { zh: `撤销调阅令 ${reference}`, en: `Revoke warrant ${reference}` },
          action: 'supervision.revokeWarrant',
          input: { warrant: id },
          say: (input) => [
            {
              zh: `撤销调阅令，文号 ${reference}（编号 ${String(input.warrant)}）。从这时起不能再凭它查看。`,
              en: `Warrant ${reference} (${String(input.warrant)}) is revoked. Nothing opens by it from now on.`,
            },
            {
              zh: '已经看过的不受影响，回执都留着。撤销不能收回。',
              en: 'What was seen stays seen, with its receipts. This cannot be undone.',
            },
          ],
        })
      }
    >
      {say('revoke')}
    </Button>
  )
}
