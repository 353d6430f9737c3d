import type { Facts } from '../facts.ts'
import { CHECK_TITLES } from '../reasons.ts'
import type { EvidenceSummary } from '../summary.ts'
import { type Check, type Verdict, type Verification, verdictOf } from '../verify-evidence.ts'
import { drawing, element, icon } from './dom.ts'
import { renderSays } from './render-says.ts'
import type { View } from './view.ts'
import { PAGE } from './words.ts'

/** The result: one sentence, what the file says, seven checks, and what they do not prove. */
export function renderResult(
  view: View,
  fileName: string,
  verification: Verification,
): HTMLElement {
  const banner = renderBanner(view, verification)
  if (verification.file === 'not-evidence') {
    const name = element('p', { class: 'file-name', text: fileName })
    return element('section', { class: 'card result', 'aria-live': 'polite' }, banner, name)
  }
  const { checks, summary } = verification
  const isTrusted = verdictOf(verification) === 'trustworthy'
  const says = renderSays(view, summary, isTrusted)
  const list = element(
    'ol',
    { class: 'checks' },
    ...checks.map((check) => renderCheck(view, check)),
  )
  return element(
    'section',
    { class: 'card result', 'aria-live': 'polite' },
    banner,
    element('p', { class: 'file-name', text: fileName }),
    // What a file that failed claims is folded away: a quick look must not take it for an answer.
    ...(isTrusted ? [says, list] : [list, folded(view, says)]),
    renderPath(view, checks, summary),
    checks.some(({ state }) => state === 'red')
      ? box(view.say(PAGE.greyHeading), view.say(PAGE.grey))
      : null,
    box(view.say(PAGE.limitsHeading), view.say(PAGE.limits)),
    renderTechnical(view, summary, checks),
  )
}

function folded(view: View, says: HTMLElement): HTMLElement {
  return element(
    'details',
    { class: 'technical' },
    element('summary', { text: view.say(PAGE.claims) }),
    says,
  )
}

const TONE: Readonly<Record<Verdict, 'ok' | 'bad' | 'warn'>> = {
  trustworthy: 'ok',
  refused: 'bad',
  undecided: 'warn',
  'not-evidence': 'bad',
}
const BANNER_ICON = { ok: 'tick', bad: 'cross', warn: 'dash' } as const

function renderBanner(view: View, verification: Verification): HTMLElement {
  const outcome = verdictOf(verification)
  const title = {
    trustworthy: PAGE.trustworthy,
    refused: PAGE.refused,
    undecided: PAGE.undecided,
    'not-evidence': PAGE.notEvidence,
  }[outcome]
  const isOperatorOnly = verification.checks.some(
    ({ reason }) => reason.code === 'FINAL_BY_OPERATOR',
  )
  // A ledger that only its operator signs is told in amber: nobody else saw it.
  const tone = outcome === 'trustworthy' && isOperatorOnly ? 'warn' : TONE[outcome]
  return element(
    'header',
    { class: `banner ${tone}` },
    element('span', { class: 'banner-icon' }, icon(BANNER_ICON[tone], 22)),
    element(
      'div',
      {},
      element('h2', { text: view.say(title), tabindex: '-1', id: 'result' }),
      element('p', { text: bannerSentence(view, verification) }),
      isOperatorOnly ? element('p', { text: view.say(PAGE.operatorOnly) }) : null,
    ),
  )
}

function bannerSentence(view: View, verification: Verification): string {
  if (verification.file === 'not-evidence') return verification.reason[view.language]
  const { checks } = verification
  const red = checks.findIndex(({ state }) => state === 'red')
  const green = checks.filter(({ state }) => state === 'green').length
  const isZh = view.language === 'zh'
  if (red >= 0) {
    const { reason } = checks[red]!
    return isZh ? `第 ${red + 1} 项没有通过：${reason.zh}` : `Check ${red + 1} failed: ${reason.en}`
  }
  const status = checks[6]!
  const asOf = status.state === 'green' ? status.facts.asOf : undefined
  const counted = isZh ? `7 项检查，${green} 项通过` : `${green} of 7 checks passed`
  if (typeof asOf === 'number') {
    const when = view.time(asOf)
    return isZh
      ? `${counted}；状态截至 ${when}（北京时间）。`
      : `${counted}; status as of ${when}, Beijing time.`
  }
  return isZh
    ? `${counted}，其余没有答案，原因见下。`
    : `${counted}; the others have no answer, for the reasons below.`
}

const CHECK_ICON = { green: 'tick', red: 'cross', grey: 'dash' } as const

function renderCheck(view: View, { name, state, reason, facts }: Check): HTMLElement {
  const word = { green: PAGE.passed, red: PAGE.failed, grey: PAGE.unchecked }[state]
  return element(
    'li',
    { class: `check ${state}` },
    element('span', { class: 'mark' }, icon(CHECK_ICON[state])),
    element(
      'div',
      {},
      element('b', { text: view.say(CHECK_TITLES[name]) }),
      element('p', { text: reason[view.language] }),
      name === 'finality' && state === 'green' ? renderSigners(view, facts) : null,
    ),
    element('span', { class: 'word', text: view.say(word) }),
  )
}

/** Who signed the head and who did not, by name where the page knows names. */
function renderSigners(view: View, facts: Facts): HTMLElement {
  const { chain, operator, witnesses, validators, listed } = facts
  const signed = new Set(memberIds(witnesses ?? validators))
  const item = (member: string, note: string, isSigned: boolean): HTMLElement =>
    element(
      'li',
      { class: isSigned ? 'signed' : 'unsigned' },
      view.memberName(String(chain), member),
      element('small', { text: note }),
    )
  return element(
    'ul',
    { class: 'signers', 'aria-label': view.say(PAGE.signers) },
    typeof operator === 'string' ? item(operator, view.say(PAGE.operator), true) : null,
    ...memberIds(listed).map((member) =>
      item(member, view.say(signed.has(member) ? PAGE.signed : PAGE.unsigned), signed.has(member)),
    ),
  )
}

function memberIds(listed: Facts[string] | undefined): string[] {
  if (!Array.isArray(listed)) return []
  return listed.map((entry: unknown) =>
    typeof entry === 'string' ? entry : (entry as { member: string }).member,
  )
}

/** The way from the act to the signed head, with the real number of hashes. */
function renderPath(
  view: View,
  checks: readonly Check[],
  summary: EvidenceSummary,
): HTMLElement | null {
  const inclusion = checks.find(({ name }) => name === 'inclusion')
  const act = summary.acts[0]
  if (inclusion?.state !== 'green' || act === undefined) return null
  const steps = Number(inclusion.facts.steps)
  const stop = (x: number, y: number, width: number, text: string): Element[] => [
    drawing('rect', { x, y, width, height: 26, rx: 6, class: 'stop' }),
    drawing('text', { x: x + width / 2, y: y + 17.5, text, 'text-anchor': 'middle' }),
  ]
  const caption = view.say(PAGE.pathSteps, steps)
  const shown = Math.min(steps, 6)
  const dots = Array.from({ length: shown }, (_, i) => ({
    x: 86 + (i + 1) * (250 / (shown + 1)),
    y: 92 - (i + 1) * (58 / (shown + 1)),
  }))
  const line = dots.map(({ x, y }) => `L${x} ${y}`).join('')
  return element(
    'figure',
    { class: 'path' },
    element(
      'figcaption',
      {},
      element('b', { text: view.say(PAGE.pathHeading) }),
      element('span', { text: caption }),
    ),
    drawing(
      'svg',
      { viewBox: '0 0 480 136', role: 'img', 'aria-label': caption },
      drawing('path', { d: `M80 98${line}L340 24`, class: 'way' }),
      ...dots.map(({ x, y }) => drawing('path', { d: `M${x} ${y}v22`, class: 'branch' })),
      ...dots.map(({ x, y }) =>
        drawing('rect', { x: x - 11, y: y + 20, width: 22, height: 12, rx: 3, class: 'other' }),
      ),
      ...dots.map(({ x, y }) => drawing('circle', { cx: x, cy: y, r: 4.5, class: 'dot' })),
      ...stop(6, 88, 80, view.say(PAGE.pathAct)),
      ...stop(340, 10, 134, view.say(PAGE.pathHead, summary.tip.height + 1)),
      drawing('text', {
        x: 46,
        y: 130,
        class: 'note',
        'text-anchor': 'middle',
        text: view.say(PAGE.pathBlock, act.height),
      }),
    ),
  )
}

function box(heading: string, text: string): HTMLElement {
  return element('aside', { class: 'box' }, element('b', { text: heading }), element('p', { text }))
}

/** For those who ask: ids, codes and facts as the machine sees them. */
function renderTechnical(
  view: View,
  summary: EvidenceSummary,
  checks: readonly Check[],
): HTMLElement {
  const facts = {
    chain: summary.chain,
    tip: summary.tip,
    acts: summary.acts.map(({ txId, action, code, signature, height, index }) => ({
      txId,
      action,
      code,
      signature,
      height,
      index,
    })),
    checks: checks.map(({ name, state, reason, facts: found }) => ({
      name,
      state,
      code: reason.code,
      facts: found,
    })),
  }
  return element(
    'details',
    { class: 'technical' },
    element('summary', { text: view.say(PAGE.technical) }),
    element('pre', { text: JSON.stringify(facts, null, 2) }),
  )
}
