import { utf8 } from '@renshe/crypto'
import { isDemonstration } from '../header.ts'
import { type Verification, verifyEvidence } from '../verify-evidence.ts'
import { drawing, element, icon } from './dom.ts'
import type { VerifierPins } from './pins.ts'
import { renderResult } from './render-result.ts'
import { renderHeads, renderIntake, renderTrust } from './render-side.ts'
import { forgetHeads, keepHead, readHeads } from './saved-heads.ts'
import { type View, viewOf } from './view.ts'
import { type Language, PAGE } from './words.ts'

/** A file that was given to the page. */
type Given = { readonly name: string; readonly bytes: Uint8Array }

const pins = JSON.parse(document.getElementById('pins')!.textContent) as VerifierPins
const root = document.getElementById('app')!
let language: Language = 'zh'
let given: Given | null = null

function show(isNew = false): void {
  const view = viewOf(language, pins)
  const verification = given && verify(given.bytes)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = `${view.say(PAGE.product)} · ${view.say(PAGE.brand)}`
  root.replaceChildren(
    ...ribbon(view, verification),
    header(view),
    element(
      'main',
      { class: 'page' },
      renderIntake(view, { file: takeFile, text: takeText }),
      given !== null && verification !== null
        ? renderResult(view, given.name, verification)
        : element(
            'section',
            { class: 'card waiting' },
            element('p', { text: view.say(PAGE.waiting) }),
          ),
      element(
        'div',
        { class: 'notes' },
        renderTrust(view),
        renderHeads(view, readHeads(), { save: saverOf(verification), forget }),
      ),
    ),
  )
  if (isNew) document.getElementById('result')?.focus()
}

function verify(bytes: Uint8Array): Verification {
  const savedHeads = [...(pins.heads ?? []), ...(readHeads() ?? [])]
  return verifyEvidence(bytes, { trusted: pins.chains, savedHeads })
}

/** A demonstration is marked whatever else is shown, on screen and on paper. */
function ribbon(view: View, verification: Verification | null): HTMLElement[] {
  const chains = verification?.summary
    ? [verification.summary.chain]
    : pins.chains.map(({ chain }) => chain)
  if (!chains.some(isDemonstration)) return []
  return [
    element(
      'div',
      { class: 'ribbon', role: 'note' },
      element('b', { text: view.say(PAGE.demo) }),
      view.say(PAGE.demoNote),
    ),
  ]
}

function header(view: View): HTMLElement {
  return element(
    'header',
    { class: 'top' },
    element('a', { class: 'skip', href: '#result', text: view.say(PAGE.skip) }),
    element(
      'div',
      { class: 'brand' },
      logo(),
      view.say(PAGE.brand),
      element('small', { text: view.say(PAGE.product) }),
    ),
    element('span', { class: 'tag ok' }, icon('shield', 13), view.say(PAGE.offline)),
    element('button', {
      type: 'button',
      class: 'quiet',
      lang: language === 'zh' ? 'en' : 'zh-CN',
      text: view.say(PAGE.toggle),
      on: {
        click: () => {
          language = language === 'zh' ? 'en' : 'zh'
          show()
        },
      },
    }),
    given === null
      ? null
      : element('button', {
          type: 'button',
          class: 'quiet',
          text: view.say(PAGE.print),
          on: { click: () => window.print() },
        }),
  )
}

function logo(): Element {
  const stroke = { fill: 'none', stroke: '#fff', 'stroke-width': 2.6, 'stroke-linecap': 'round' }
  return drawing(
    'svg',
    { viewBox: '0 0 32 32', width: 30, height: 30, 'aria-hidden': 'true' },
    drawing('rect', { width: 32, height: 32, rx: 8, class: 'logo' }),
    drawing('path', { d: 'M16 6.5c0 6-3.2 12.6-9 17', ...stroke }),
    drawing('path', { d: 'M16 12.5c1 4.6 4 8.6 9 11', ...stroke }),
    drawing('circle', { cx: 16, cy: 21.5, r: 2.6, fill: '#f4d58a' }),
  )
}

async function takeFile(file: File): Promise<void> {
  given = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  show(true)
}

/** A line break that the clipboard adds at the end is no part of a file; nothing else is touched. */
function takeText(text: string): void {
  const name = PAGE.pasted[language]
  given = { name, bytes: utf8(text.endsWith('\n') ? text.slice(0, -1) : text) }
  show(true)
}

function saverOf(verification: Verification | null): (() => void) | null {
  const finality = verification?.checks.find(({ name }) => name === 'finality')
  if (finality?.state !== 'green' || !verification?.summary) return null
  const { chain, tip } = verification.summary
  return () => {
    keepHead({ chain, size: tip.height, root: tip.log, savedAt: Date.now() })
    show()
  }
}

function forget(): void {
  forgetHeads()
  show()
}

document.addEventListener('dragover', (event) => {
  event.preventDefault()
  document.body.classList.add('dragging')
})
document.addEventListener('dragleave', () => document.body.classList.remove('dragging'))
document.addEventListener('drop', (event) => {
  event.preventDefault()
  document.body.classList.remove('dragging')
  const [file] = event.dataTransfer?.files ?? []
  if (file !== undefined) void takeFile(file)
})
show()
