/* A table becomes the rows of a step: chosen, matched, checked, totalled, signed. The draft lies at the node. */
import './bulk-upload.css'
import { Button } from 'antd'
import { useState } from 'react'
import { columnsOf, type Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useWords } from '../../words/locale.tsx'
import { useOutbox } from '../outbox/outbox-store.ts'
import { useAskToSign } from '../sign-dialog/asked-signature.ts'
import type { SigningRequest } from '../sign-dialog/signing.ts'
import { Asked } from '../states/states.tsx'
import type { ActPanelProps, StepInUse } from '../step-form/step-in-use.ts'
import { formWords } from '../step-form/words.ts'
import { useBatchRequest } from './batch-request.ts'
import { ChooseFile } from './choose-file.tsx'
import type { DraftPlace, DraftSummary } from './drafts.ts'
import { FaultyRows } from './faulty-rows.tsx'
import { Phases } from './phases.tsx'
import { TotalsPart } from './totals-part.tsx'
import { type Uploading, useUpload } from './upload.ts'
import { uploadWords } from './words.ts'

/** What an upload is for. */
export interface BulkUploadProps extends ActPanelProps {
  readonly inUse: StepInUse
  /** Section whose rows come with the step. */
  readonly section: string
}

/** Everything between a file and the signature over its rows. */
export function BulkUpload(props: BulkUploadProps) {
  const { inUse, caseId, n, section } = props
  const say = useWords(formWords)
  const { account } = useSession()
  const id = `${caseId}/${n}`
  const isInFlight = useOutbox(account).some((one) => one.id === id && one.state === 'in-flight')
  const askToSign = useAskToSign()
  const [isSigning, setIsSigning] = useState(false)
  const place = { case: caseId, step: inUse.step.step, section }
  const upload = useUpload(place, id, inUse)
  const ask = (request: SigningRequest): void => {
    setIsSigning(true)
    askToSign(request, (isRecorded) => {
      setIsSigning(false)
      if (isRecorded) void upload.discard()
    })
  }
  if (isInFlight) return <p role="status">{say('checking')}</p>
  return (
    <div className="bulk">
      <Phases at={phaseOf(upload.state, isSigning)} />
      <Asked of={upload.draft}>
        {(draft) => <Working {...props} draft={draft} place={place} upload={upload} ask={ask} />}
      </Asked>
    </div>
  )
}

function phaseOf({ phase }: Uploading, isSigning: boolean) {
  if (isSigning) return 'seal'
  if (phase === 'reading' || phase === 'mapping') return 'choose'
  if (phase === 'uploading') return 'upload'
  if (phase === 'checking') return 'check'
  return phase === 'rows' ? 'totals' : 'choose'
}

interface WorkingProps extends BulkUploadProps {
  readonly draft: DraftSummary
  readonly place: DraftPlace
  readonly upload: ReturnType<typeof useUpload>
  readonly ask: (request: SigningRequest) => void
}

function Working(props: WorkingProps) {
  const { inUse, section, draft, upload, place } = props
  const texts = usePackageTexts(inUse.loaded)
  const columns = columnsOf(inUse.loaded, section) ?? {}
  const hasRows = draft.rows > 0
  // While another file is on its way, the rows of the one before would only mislead.
  const isQuiet = ['none', 'rows', 'refused'].includes(upload.state.phase)
  return (
    <>
      <ChooseFile
        columns={columns}
        texts={texts}
        state={upload.state}
        hasRows={hasRows}
        choose={upload.choose}
        map={upload.map}
        name={place.step}
      />
      {hasRows && isQuiet ? <Rows {...props} columns={columns} texts={texts} /> : null}
    </>
  )
}

function Rows({
  columns,
  texts,
  ...props
}: WorkingProps & { readonly columns: Fields; readonly texts: PackageTexts }) {
  const { inUse, draft, place, upload, section, ask, caseId, n, onRecorded } = props
  const say = useWords(uploadWords)
  const [onlyGood, setOnlyGood] = useState(false)
  const id = `${caseId}/${n}`
  const makeRequest = useBatchRequest(inUse, {
    id,
    place,
    upload,
    ...(onRecorded && { onRecorded }),
  })
  const isEnough = draft.good >= draft.leastRows
  const isReady = isEnough && (draft.bad === 0 || onlyGood)
  return (
    <>
      <Told upload={upload} />
      <TotalsPart draft={draft} section={section} loaded={inUse.loaded} texts={texts} />
      {draft.bad === 0 ? (
        <p className="bulk-good">
          <Icon name="check" size={14} />
          {say('allGood', { rows: draft.rows })}
        </p>
      ) : (
        <FaultyRows draft={draft} place={place} columns={columns} texts={texts} upload={upload} />
      )}
      {draft.bad > 0 && isEnough ? (
        <label className="bulk-only">
          <input
            type="checkbox"
            checked={onlyGood}
            onChange={({ target }) => setOnlyGood(target.checked)}
          />
          {say('onlyGood', { good: draft.good, bad: draft.bad })}
        </label>
      ) : null}
      <div className="form-foot">
        <Button onClick={() => void upload.discard()}>{say('discard')}</Button>
        <Button
          type="primary"
          disabled={!isReady}
          onClick={() => ask(makeRequest(draft, onlyGood))}
        >
          {say('sign')}
        </Button>
      </div>
      {isReady ? null : (
        <p className="form-keys quiet" role="status">
          {isEnough
            ? say('blocked', { bad: draft.bad })
            : say('totalsWithheld', { least: draft.leastRows })}
        </p>
      )}
    </>
  )
}

function Told({ upload }: { readonly upload: ReturnType<typeof useUpload> }) {
  const say = useWords(uploadWords)
  const { state } = upload
  if (state.phase !== 'rows') return null
  const { told } = state
  return told === null ? null : <p className="form-kept">{say(told)}</p>
}
