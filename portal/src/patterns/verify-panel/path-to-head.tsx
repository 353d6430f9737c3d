import type { EvidenceSummary, PinnedChain } from '@renshe/proof'
import { useWords } from '../../words/locale.tsx'
import type { VerifyOutcome } from './verify-worker.ts'
import { verifyWords } from './words.ts'

const MOST_DRAWN = 6

/** The way from the act to the signed head, with the real number of hashes beside it. */
export function PathToHead({
  checks,
  summary,
}: {
  readonly checks: VerifyOutcome['verification']['checks']
  readonly summary: EvidenceSummary
  readonly trust: PinnedChain | undefined
}) {
  const say = useWords(verifyWords)
  const inclusion = checks.find(({ name }) => name === 'inclusion')
  const act = summary.acts[0]
  if (inclusion?.state !== 'green' || act === undefined) return null
  const steps = Number(inclusion.facts.steps)
  const drawn = Math.min(steps, MOST_DRAWN)
  const caption = drawn === steps ? say('steps', { steps }) : say('stepsDrawn', { steps, drawn })
  const dots = Array.from({ length: drawn }, (_, index) => ({
    x: 92 + (index + 1) * (250 / (drawn + 1)),
    y: 92 - (index + 1) * (58 / (drawn + 1)),
  }))
  const way = dots.map(({ x, y }) => `L${x} ${y}`).join('')
  return (
    <figure className="verify-path">
      <figcaption>
        <b>{say('path')}</b>
        <span className="quiet">{caption}</span>
      </figcaption>
      <svg viewBox="0 0 490 140" role="img" aria-label={`${say('path')}，${caption}`}>
        <path d={`M84 98${way}L344 24`} className="verify-way" />
        {dots.map(({ x, y }) => (
          <g key={x}>
            <path d={`M${x} ${y}v22`} className="verify-branch" />
            <rect x={x - 11} y={y + 20} width="22" height="12" rx="3" className="verify-other" />
            <circle cx={x} cy={y} r="4.5" className="verify-dot" />
          </g>
        ))}
        <rect x="4" y="86" width="82" height="26" rx="6" className="verify-stop" />
        <text x="45" y="103.500" textAnchor="middle" className="verify-stop-text">
          {say('thisAct')}
        </text>
        <rect x="344" y="10" width="142" height="28" rx="6" className="verify-stop" />
        <text x="415" y="28.500" textAnchor="middle" className="verify-stop-text">
          {say('head', { size: summary.tip.height + 1 })}
        </text>
        <text x="45" y="131" textAnchor="middle" className="verify-note">
          {say('block', { height: act.height })}
        </text>
        <text x="330" y="131" textAnchor="middle" className="verify-note">
          {say('others')}
        </text>
      </svg>
    </figure>
  )
}
