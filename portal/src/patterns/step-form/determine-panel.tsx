/* A step that a member computes: the rows are opened, each with its receipt, then computed, then signed. */
import type { CheckedOpenings, Client } from '@renshe/client'
import { Button } from 'antd'
import { useMemberName } from '../../cells/cells.tsx'
import { packageToSay, serviceOf } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { useOutbox } from '../outbox/outbox-store.ts'
import { useAskToSign } from '../sign-dialog/asked-signature.ts'
import { followsOf } from '../sign-dialog/consequences.ts'
import type { SigningProgress } from '../sign-dialog/signing.ts'
import { clauseOfRefusal } from './step-clauses.ts'
import { type ActPanelProps, type StepInUse, useStepTitle } from './step-in-use.ts'
import { formWords } from './words.ts'

/** Rounds after which it is given up: the rows are opened at most twice. */
const ROUNDS = 4

/** Has the node of this member open and compute, and the officer sign what came out. */
export function DeterminePanel({
  inUse,
  caseId,
  n,
  onRecorded,
}: ActPanelProps & { readonly inUse: StepInUse }) {
  const { loaded, found, step, definition } = inUse
  const say = useWords(formWords)
  const texts = usePackageTexts(loaded)
  const title = useStepTitle(inUse)
  const { account } = useSession()
  const id = `${caseId}/${n}`
  const isInFlight = useOutbox(account).some((one) => one.id === id && one.state === 'in-flight')
  const ask = useAskToSign()
  if (isInFlight) return <p role="status">{say('checking')}</p>
  const begin = (): void =>
    ask({
      id,
      title,
      terms: packageToSay(loaded),
      texts,
      follows: followsOf(serviceOf(loaded), found.parties, step.step, null),
      clauseOf: (code) => clauseOfRefusal(definition, code, texts),
      prepare: (client, told) => determined(client, { case: caseId, step: step.step }, told),
      ...(onRecorded === undefined ? {} : { onRecorded }),
    })
  return (
    <div className="step-form">
      <Submissions inUse={inUse} />
      <p>{say('determineLead')}</p>
      <div className="form-foot">
        <Button type="primary" onClick={begin}>
          {say('determineStart')}
        </Button>
      </div>
    </div>
  )
}

function Submissions({ inUse }: { readonly inUse: StepInUse }) {
  const say = useWords(formWords)
  const nameOf = useMemberName()
  const { submissions, differs } = inUse.step
  if (differs.length === 0) return null
  return (
    <p className="act-refused">
      {say('differs', {
        member: submissions.map(({ member }) => nameOf(member)).join('、'),
        names: differs.join('、'),
      })}
    </p>
  )
}

async function determined(
  client: Client,
  place: { readonly case: string; readonly step: string },
  told: (progress: SigningProgress) => void,
): Promise<{ readonly body: Uint8Array; readonly openings: CheckedOpenings }> {
  const reads: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    told({ key: 'computing', done: 0, of: 0 })
    const made = await client.prepareDetermination(place, reads)
    if (!('needs' in made)) return { body: made.body, openings: { sections: [], rows: [] } }
    for (const [at, { input }] of made.needs.entries()) {
      told({ key: 'reading', done: at + 1, of: made.needs.length })
      reads.push((await client.act('access.readSections', input)).txId)
    }
  }
  throw new Error('the ledger changes faster than it can be computed')
}
