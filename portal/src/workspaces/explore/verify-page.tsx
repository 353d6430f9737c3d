/* Can I trust this file: chosen, dropped or pasted; checked here, sent nowhere. */
import './explore.css'
import { Button, Input } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { isoDay } from '../../format/moments.ts'
import { Page } from '../../patterns/page/page.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { type ChosenFile, evidenceIn } from '../../patterns/verify-panel/attached-evidence.ts'
import {
  headOfToday,
  keepHead,
  keptHeads,
  useTrust,
  useVerifierAddress,
  verify,
} from '../../patterns/verify-panel/verify.ts'
import { VerifyPanel } from '../../patterns/verify-panel/verify-panel.tsx'
import type { VerifyOutcome } from '../../patterns/verify-panel/verify-worker.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useWords } from '../../words/locale.tsx'
import { exploreWords } from './words.ts'

interface CheckedFile {
  readonly key: number
  readonly name: string
  readonly bytes: Uint8Array
  readonly outcome: VerifyOutcome
}

type NoEvidence = Exclude<ChosenFile['kind'], 'evidence'>

/** The page of verification. */
export function VerifyPage() {
  const say = useWords(exploreWords)
  const trust = useTrust()
  const [files, setFiles] = useState<readonly CheckedFile[]>([])
  const [wrong, setWrong] = useState<NoEvidence | null>(null)
  const [heads, setHeads] = useState(keptHeads)
  const count = useRef(0)

  const check = async (name: string, bytes: Uint8Array): Promise<void> => {
    const trusted = trust === undefined ? [] : [trust]
    const outcome = await verify(bytes, { trusted, savedHeads: heads })
    count.current += 1
    setWrong(null)
    setFiles((before) => [{ key: count.current, name, bytes, outcome }, ...before].slice(0, 4))
  }
  const take = async (chosen: Iterable<File>): Promise<void> => {
    for (const file of chosen) {
      const found = await evidenceIn(file)
      if (found.kind === 'evidence') await check(file.name, found.bytes)
      else setWrong(found.kind)
    }
  }
  const [first] = files
  return (
    <Page title={say('verifyTitle')} tags={<OfflineTag />}>
      <p className="quiet">{say('verifyIntro')}</p>
      <div className="verify-page">
        <div className="verify-page-side">
          <Intake
            take={take}
            paste={(text) => check(say('pasted'), new TextEncoder().encode(text))}
          />
          {wrong === null ? null : (
            <p className="verify-wrong" role="alert">
              {say(wrong)}
            </p>
          )}
          <CheckedFiles files={files} />
          <AlterCard first={first} check={check} />
          <OfflineCard />
          <HeadsCard heads={heads} first={first} keep={(head) => setHeads(keepHead(head))} />
        </div>
        <div className={`verify-page-results count-${Math.min(files.length, 2)}`}>
          {files.length === 0 ? <p className="card verify-none">{say('none')}</p> : null}
          {files.slice(0, 2).map(({ key, name, outcome }) => (
            <VerifyPanel key={key} outcome={outcome} fileName={name} trust={trust} />
          ))}
        </div>
      </div>
    </Page>
  )
}

function CheckedFiles({ files }: { readonly files: readonly CheckedFile[] }) {
  if (files.length === 0) return null
  return (
    <ul className="verify-files">
      {files.map(({ key, name, outcome }) => (
        <li key={key} className="card">
          <span>{name}</span>
          <CountTag outcome={outcome} />
        </li>
      ))}
    </ul>
  )
}

function OfflineTag() {
  const say = useWords(exploreWords)
  return (
    <Tag tone="verified" icon="check">
      {say('local')}
    </Tag>
  )
}

function CountTag({ outcome: { verification, verdict } }: { readonly outcome: VerifyOutcome }) {
  const say = useWords(exploreWords)
  if (verdict === 'not-evidence') return <Tag tone="failure">{say('notEvidence')}</Tag>
  const green = verification.checks.filter(({ state }) => state === 'green').length
  const red = verification.checks.filter(({ state }) => state === 'red').length
  if (red > 0) return <Tag tone="failure">{say('differs', { red })}</Tag>
  return <Tag tone={green === 7 ? 'verified' : 'attention'}>{say('passed', { green })}</Tag>
}

/** Where a file comes in: dropped, chosen or pasted. */
function Intake({
  take,
  paste,
}: {
  readonly take: (files: Iterable<File>) => Promise<void>
  readonly paste: (text: string) => Promise<void>
}) {
  const say = useWords(exploreWords)
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setIsOver(false)
    void take(event.dataTransfer.files)
  }
  return (
    <>
      <section
        className={`verify-drop ${isOver ? 'is-over' : ''}`}
        aria-label={say('drop')}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <Icon name="up" size={28} />
        <b>{say('drop')}</b>
        <span className="quiet">{say('dropNote')}</span>
        <Button onClick={() => chooser.current?.click()}>{say('choose')}</Button>
        <input
          ref={chooser}
          type="file"
          multiple
          accept=".json,.pdf,application/json,application/pdf"
          className="visually-hidden"
          aria-label={say('choose')}
          tabIndex={-1}
          onChange={(event) => {
            void take(event.target.files ?? [])
            event.target.value = ''
          }}
        />
      </section>
      <Paste paste={paste} />
    </>
  )
}

function Paste({ paste }: { readonly paste: (text: string) => Promise<void> }) {
  const say = useWords(exploreWords)
  const [text, setText] = useState('')
  return (
    <details className="verify-paste">
      <summary>{say('paste')}</summary>
      <Input.TextArea
        rows={4}
        value={text}
        aria-label={say('pasteLabel')}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <Button disabled={text.trim() === ''} onClick={() => void paste(text)}>
        {say('pasteCheck')}
      </Button>
    </details>
  )
}

/** 改一个字试试: alters one character of a figure in the file just verified, and checks the copy. */
function AlterCard({
  first,
  check,
}: {
  readonly first: CheckedFile | undefined
  readonly check: (name: string, bytes: Uint8Array) => Promise<void>
}) {
  const say = useWords(exploreWords)
  if (first === undefined || first.outcome.verdict !== 'trustworthy') return null
  return (
    <section className="card verify-note">
      <h2>{say('alterTitle')}</h2>
      <p>{say('alterText')}</p>
      <Button
        onClick={() => void check(say('altered', { name: first.name }), altered(first.bytes))}
      >
        {say('alter')}
      </Button>
    </section>
  )
}

/** The same bytes with one character of sealed content that was opened, else of a body, changed. */
function altered(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes)
  const names = ['"content":"', '"body":"']
  const at = names.map((name) => text.indexOf(name) + name.length).find((end) => end > 20) ?? 0
  const copy = Uint8Array.from(bytes)
  const place = at + 24
  // Another letter of base64url: the file stays well-formed, and one figure in it is another.
  copy[place] = copy[place] === 65 ? 66 : 65
  return copy
}

function OfflineCard() {
  const say = useWords(exploreWords)
  const address = useVerifierAddress()
  return (
    <section className="card verify-note">
      <h2>{say('offlineTitle')}</h2>
      <p>{say('offlineText')}</p>
      <a className="verify-download" href={address} download="verify-renshe.html">
        <Icon name="down" />
        {say('offlineDownload')}
      </a>
    </section>
  )
}

/** Heads that were kept, and the one of today. */
function HeadsCard({
  heads,
  first,
  keep,
}: {
  readonly heads: ReturnType<typeof keptHeads>
  readonly first: CheckedFile | undefined
  readonly keep: (head: { chain: string; size: number; root: string }) => void
}) {
  const say = useWords(exploreWords)
  const { api, chain } = useSession()
  const [newest] = heads
  const keepToday = async (): Promise<void> => keep(await headOfToday(api, chain.chain))
  const verification = first?.outcome.verification
  return (
    <section className="card verify-note">
      <h2>{say('headsTitle')}</h2>
      <p>
        {newest === undefined
          ? say('headsNone')
          : say('headsNewest', { size: newest.size, day: isoDay(newest.savedAt) })}
      </p>
      <div className="row">
        <Button onClick={() => void keepToday()}>{say('keepToday')}</Button>
        {verification === undefined || verification.file === 'not-evidence' ? null : (
          <Button
            onClick={() => {
              const { chain, tip } = verification.summary
              keep({ chain, size: tip.height, root: tip.log })
            }}
          >
            {say('keepFile')}
          </Button>
        )}
      </div>
    </section>
  )
}
