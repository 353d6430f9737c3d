import { isDemonstration } from '../header.ts'
import { element, icon } from './dom.ts'
import type { PinnedChain } from './pins.ts'
import type { KeptHead } from './saved-heads.ts'
import type { View } from './view.ts'
import { PAGE } from './words.ts'

/** Where a file comes in: dropped, chosen or pasted. */
export function renderIntake(
  view: View,
  take: { file(file: File): void; text(text: string): void },
): HTMLElement {
  const chooser = element('input', {
    type: 'file',
    id: 'file',
    accept: '.json,application/json',
    on: {
      change: (event) => {
        const [file] = (event.target as HTMLInputElement).files ?? []
        if (file !== undefined) take.file(file)
      },
    },
  })
  const pasted = element('textarea', {
    id: 'pasted',
    rows: '5',
    spellcheck: 'false',
    'aria-label': view.say(PAGE.pasteLabel),
  }) as HTMLTextAreaElement
  return element(
    'section',
    { class: 'intake' },
    element('h1', { text: view.say(PAGE.heading) }),
    element('p', { class: 'muted', text: view.say(PAGE.intro) }),
    element(
      'label',
      { class: 'drop', for: 'file' },
      icon('upload', 28),
      element('b', { text: view.say(PAGE.drop) }),
      element('span', { text: view.say(PAGE.dropNote) }),
      chooser,
    ),
    element(
      'details',
      { class: 'paste' },
      element('summary', { text: view.say(PAGE.paste) }),
      pasted,
      element('button', {
        type: 'button',
        text: view.say(PAGE.pasteButton),
        on: { click: () => take.text(pasted.value) },
      }),
    ),
  )
}

/** Which ledgers the page trusts, to be compared once with what a member publishes. */
export function renderTrust(view: View): HTMLElement {
  const { chains, madeAt } = view.pins
  const isEmpty = chains.length === 0
  return element(
    'section',
    { class: `card note${isEmpty ? ' warn' : ''}` },
    element('h2', {}, icon('shield', 16), view.say(PAGE.trustHeading)),
    element('p', { text: view.say(isEmpty ? PAGE.trustNone : PAGE.trustNote) }),
    element('ul', {}, ...chains.map((chain) => renderChain(view, chain))),
    isEmpty
      ? null
      : element('p', {
          class: 'muted small',
          text: `${view.say(PAGE.madeAt)} ${view.time(madeAt)}`,
        }),
  )
}

function renderChain(view: View, { chain, genesisHash }: PinnedChain): HTMLElement {
  return element(
    'li',
    {},
    element(
      'b',
      {},
      chain,
      isDemonstration(chain) ? element('span', { class: 'tag', text: view.say(PAGE.demo) }) : null,
    ),
    element('span', { class: 'muted small', text: view.say(PAGE.genesis) }),
    element('code', { text: inGroups(genesisHash) }),
  )
}

/** Sixteen groups of four: a person compares them aloud. */
function inGroups(hash: string): string {
  const groups: string[] = []
  for (let i = 0; i < hash.length; i += 4) groups.push(hash.slice(i, i + 4))
  return groups.join(' ')
}

/** Heads this browser keeps, and the offer to keep the one just verified. */
export function renderHeads(
  view: View,
  heads: readonly KeptHead[] | null,
  actions: { readonly save: (() => void) | null; readonly forget: () => void },
): HTMLElement {
  const list = (heads ?? []).map(({ chain, size, savedAt }) =>
    element('li', { text: `${chain} · ${size} ${view.say(PAGE.blocks)} · ${view.time(savedAt)}` }),
  )
  const note = heads === null ? PAGE.headsUnavailable : heads.length === 0 ? PAGE.headsNone : null
  return element(
    'section',
    { class: 'card note' },
    element('h2', {}, icon('note', 16), view.say(PAGE.headsHeading)),
    note === null ? null : element('p', { text: view.say(note) }),
    element('ul', {}, ...list),
    actions.save === null || heads === null
      ? null
      : element('button', {
          type: 'button',
          text: view.say(PAGE.saveHead),
          on: { click: actions.save },
        }),
    list.length === 0
      ? null
      : element('button', {
          type: 'button',
          class: 'quiet',
          text: view.say(PAGE.clearHeads),
          on: { click: actions.forget },
        }),
  )
}
