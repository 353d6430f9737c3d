/* Seven checks of one act, counted: computed in this browser once the cell is seen, in the worker. */
import { CHECK_TITLES, type SavedHead } from '@renshe/proof'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Api } from '../../session/api.ts'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { Tag, type Tone } from '../tag/tag.tsx'
import { keepHead, keptHeadOf, keptHeads, useTrust, verify } from '../verify-panel/verify.ts'
import type { VerifyOutcome } from '../verify-panel/verify-worker.ts'
import { journalWords } from './words.ts'

/** Head of the ledger that this browser holds others against; the first one is kept at the first visit. */
export async function headToExtend(api: Api, chain: string): Promise<SavedHead> {
  const kept = keptHeadOf(chain)
  if (kept !== undefined) return kept
  const { size, root } = await api.get<{ readonly size: number; readonly root: string }>('/head')
  const head = { chain, size, root }
  keepHead(head)
  return head
}

/** Evidence of an act, made to extend a head that this browser kept. */
export async function evidenceBytes(api: Api, txId: string, since: SavedHead): Promise<Uint8Array> {
  const { bytes } = await api.download(`/transactions/${txId}/evidence?since=${since.size}`)
  return bytes
}

const AGAIN_MS = 20_000

function isWhole({ verification: { checks } }: VerifyOutcome): boolean {
  return checks.every(({ state }) => state === 'green')
}

/** How many of the checks hold. */
export function TicksCell({ txId }: { readonly txId: string }) {
  const say = useWords(journalWords)
  const { api, chain, slot, account } = useSession()
  const trust = useTrust()
  const { frame, isSeen } = useSeen()
  const outcome = useQuery({
    queryKey: ['ticks', slot, account, txId],
    enabled: isSeen && trust !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    // What a newer head or snapshot will prove is grey until then.
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isWhole(data) ? false : AGAIN_MS,
    queryFn: async () => {
      const head = await headToExtend(api, chain.chain)
      const bytes = await evidenceBytes(api, txId, head)
      if (trust === undefined) throw new RangeError('asked before the trust was known')
      return verify(bytes, { trusted: [trust], savedHeads: keptHeads() })
    },
  })
  return (
    <span ref={frame}>
      {outcome.data === undefined ? (
        <span className="quiet">{say(outcome.error === null ? 'checking' : 'notChecked')}</span>
      ) : (
        <Ticks outcome={outcome.data} txId={txId} />
      )}
    </span>
  )
}

const TONES: Readonly<Record<VerifyOutcome['verdict'], Tone>> = {
  trustworthy: 'verified',
  undecided: 'neutral',
  refused: 'failure',
  'not-evidence': 'failure',
}

function Ticks({ outcome, txId }: { readonly outcome: VerifyOutcome; readonly txId: string }) {
  const say = useWords(journalWords)
  const { locale } = useLocale()
  const { checks } = outcome.verification
  const passed = checks.filter(({ state }) => state === 'green').length
  const open = checks
    .filter(({ state }) => state !== 'green')
    .map(({ name, reason }) => `${CHECK_TITLES[name][locale]}: ${reason[locale]}`)
  const tone = TONES[outcome.verdict]
  const icon = tone === 'verified' ? 'check' : tone === 'failure' ? 'cross' : 'dash'
  return (
    <Link
      className="ticks"
      to={`/explore/tx/${txId}`}
      aria-label={say('ticksSaid', { passed, total: checks.length })}
      title={open.join('\n')}
    >
      <Tag tone={tone} icon={icon}>
        {passed}/{checks.length}
      </Tag>
    </Link>
  )
}

/** Whether an element has come into view. */
function useSeen() {
  const frame = useRef<HTMLSpanElement>(null)
  const [isSeen, setIsSeen] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setIsSeen(true)
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return { frame, isSeen }
}
