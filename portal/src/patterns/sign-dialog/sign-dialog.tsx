/* What is signed, in words made here from the very bytes; then what became of it. */
import './sign-dialog.css'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { useMemberName } from '../../cells/cells.tsx'
import type { SessionInUse } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useSampleAccounts } from '../../shell/sample-accounts.ts'
import { useBilingual, useWords } from '../../words/locale.tsx'
import { FollowsPart } from './follows-part.tsx'
import { RefusalPart } from './refusal-part.tsx'
import { RowsPart, SaidPart } from './said-part.tsx'
import { type Signing, type SigningRequest, useSigning } from './signing.ts'
import { signWords } from './words.ts'

/** Shows one act and signs it; modal, and nothing is signed when it is closed. */
export function SignDialog({
  request,
  session,
  close,
}: {
  readonly request: SigningRequest
  /** Who signs. */
  readonly session: SessionInUse
  /** Told whether the act was recorded. */
  readonly close: (isRecorded: boolean) => void
}) {
  const say = useWords(signWords)
  const inLocale = useBilingual()
  const { state, sign, again } = useSigning(request, session)
  const frame = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    frame.current?.showModal()
    heading.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const { phase } = state
  // What has begun to be sent is told once more when the state changes.
  useEffect(() => heading.current?.focus(), [phase])
  const leave = (): void => close(phase === 'recorded')
  return (
    <dialog
      ref={frame}
      className="sign-dialog"
      aria-labelledby="sign-title"
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
    >
      <header className="sign-head">
        <h2 id="sign-title" ref={heading} tabIndex={-1}>
          {inLocale(request.title)}
        </h2>
        <button type="button" className="sign-close" aria-label={say('close_')} onClick={leave}>
          <Icon name="cross" size={16} />
        </button>
      </header>
      <div className="sign-body" aria-live="polite">
        <Body state={state} request={request} session={session} />
      </div>
      <Foot state={state} sign={() => void sign()} again={() => void again()} leave={leave} />
    </dialog>
  )
}

interface BodyProps {
  readonly state: Signing
  readonly request: SigningRequest
  readonly session: SessionInUse
}

function Body({ state, request, session }: BodyProps) {
  const say = useWords(signWords)
  switch (state.phase) {
    case 'preparing':
      return <Preparing state={state} />
    case 'ready':
      return <Ready state={state} request={request} session={session} />
    case 'sending':
      return <Notice tone="current" title={say('sending')} lead={say('sendingLead')} />
    case 'unknown':
      return <Notice tone="current" title={say('sending')} lead={say('unknown')} />
    case 'absent':
      return <Notice tone="attention" title={say('refusedTitle')} lead={say('absent')} />
    case 'recorded':
      return <RecordedPart state={state} request={request} />
    case 'refused':
      return <RefusalPart refused={state} request={request} />
    case 'stopped':
      return <Stopped part={state.part} />
    case 'failed':
      return <Notice tone="failure" title={say('failed')} lead={String(state.error)} />
  }
}

function Preparing({ state }: { readonly state: Signing & { readonly phase: 'preparing' } }) {
  const say = useWords(signWords)
  const { progress } = state
  const text =
    progress === null
      ? say('preparing')
      : say(progress.key, { done: progress.done, of: progress.of })
  return (
    <div className="sign-preparing" role="status">
      <p>{text}</p>
      {progress === null || progress.of === 0 ? (
        <progress aria-label={text} />
      ) : (
        <progress aria-label={text} value={progress.done} max={progress.of} />
      )}
    </div>
  )
}

function Ready({
  state,
  request,
  session,
}: BodyProps & { readonly state: Signing & { readonly phase: 'ready' } }) {
  const say = useWords(signWords)
  const { said } = state
  const { rows } = said
  return (
    <>
      <SaidPart said={said} onLedger={request.amounts ?? []} changes={request.changes ?? []} />
      {rows === null ? null : <RowsPart said={said} request={request} body={state.body} />}
      <p className="sign-checked">
        <Icon name="check" size={14} />
        {rows === null ? say('checked') : say('checkedRows', { count: rows.count })}
      </p>
      {state.note === null ? null : <p className="sign-note">{state.note}</p>}
      {request.follows === null ? null : (
        <FollowsPart follows={request.follows} texts={request.texts} />
      )}
      <SignerPart session={session} />
    </>
  )
}

function SignerPart({ session: { session } }: { readonly session: SessionInUse }) {
  const say = useWords(signWords)
  const nameOf = useMemberName()
  const inLocale = useBilingual()
  const sample = useSampleAccounts().find(
    ({ member, officer }) => member === session?.member && officer === session.name,
  )
  const member = nameOf(session?.member ?? null)
  const officer = sample === undefined ? session?.name : inLocale(sample.label)
  return (
    <dl className="sign-signer">
      <div>
        <dt>{say('signer')}</dt>
        <dd>
          {member} · {officer}
        </dd>
      </div>
      <div>
        <dt>{say('means')}</dt>
        <dd>{say('officerKey', { member })}</dd>
      </div>
    </dl>
  )
}

function RecordedPart({
  state,
  request,
}: {
  readonly state: Signing & { readonly phase: 'recorded' }
  readonly request: SigningRequest
}) {
  const say = useWords(signWords)
  const inLocale = useBilingual()
  return (
    <div className="sign-recorded">
      <p className="sign-verdict">
        <Icon name="check" size={22} />
        {say('recorded')}
      </p>
      <p className="quiet">{say('recordedLead', { height: state.height })}</p>
      <p>{state.said.sentences.slice(0, 2).map(inLocale).join(' ')}</p>
      {request.follows === null ? null : (
        <FollowsPart follows={request.follows} texts={request.texts} isDone />
      )}
      <p>
        <Link to={`/explore/tx/${state.txId}`}>{say('receipt')}</Link>{' '}
        <span className="mono quiet">{state.txId.slice(0, 16)}</span>
      </p>
    </div>
  )
}

function Stopped({ part }: { readonly part: string }) {
  const say = useWords(signWords)
  const key = `part_${part}` as 'part_input'
  const named = key in signWords.zh ? say(key) : part
  return <Notice tone="failure" title={say('stopped')} lead={say('stoppedLead', { part: named })} />
}

function Notice({
  tone,
  title,
  lead,
  children,
}: {
  readonly tone: 'current' | 'attention' | 'failure'
  readonly title: string
  readonly lead: string
  readonly children?: ReactNode
}) {
  return (
    <div className={`sign-notice is-${tone}`} role={tone === 'failure' ? 'alert' : 'status'}>
      <h3>{title}</h3>
      <p>{lead}</p>
      {tone === 'current' ? <progress aria-label={title} /> : null}
      {children}
    </div>
  )
}

interface FootProps {
  readonly state: Signing
  readonly sign: () => void
  readonly again: () => void
  readonly leave: () => void
}

/** Plain buttons of no form: no key but their own presses them. */
function Foot({ state, sign, again, leave }: FootProps) {
  const say = useWords(signWords)
  const { phase } = state
  const isOpen = phase === 'preparing' || phase === 'ready'
  return (
    <footer className="sign-foot">
      <Button onClick={leave}>{isOpen ? say('cancel') : say('close_')}</Button>
      {phase === 'ready' ? (
        <Button type="primary" htmlType="button" onClick={sign}>
          {say('sign')}
        </Button>
      ) : null}
      {phase === 'absent' ? (
        <Button type="primary" onClick={sign}>
          {say('resend')}
        </Button>
      ) : null}
      {phase === 'failed' ? <Button onClick={again}>{say('again')}</Button> : null}
    </footer>
  )
}
