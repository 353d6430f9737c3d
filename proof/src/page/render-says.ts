import type { Json } from '@renshe/crypto'
import type { ActSummary, EvidenceSummary, OpenedSummary } from '../summary.ts'
import { element } from './dom.ts'
import { renderStatement } from './render-statement.ts'
import type { View } from './view.ts'
import { KIND_TITLES, PAGE } from './words.ts'

/** What the file says, as a document. `isTrusted`: every check that must pass has passed. */
export function renderSays(view: View, summary: EvidenceSummary, isTrusted: boolean): HTMLElement {
  const { kind, statement, acts, opened, records, demonstration } = summary
  // The sections of a statement are its table already; they are not told twice.
  const shown = statement === null ? opened : []
  return element(
    'article',
    { class: `says${isTrusted ? '' : ' untrusted'}${demonstration ? ' sample' : ''}` },
    element('h3', { text: view.say(KIND_TITLES[kind]) }),
    isTrusted ? null : element('p', { class: 'caution', text: view.say(PAGE.saysUntrusted) }),
    statement === null ? null : renderStatement(view, statement),
    ...acts.map((act) => renderAct(view, summary.chain, act)),
    ...shown.map((item) => renderOpened(view, summary.chain, item)),
    statement !== null || records.length === 0 ? null : renderRecords(view, records),
  )
}

function renderAct(view: View, chain: string, act: ActSummary): HTMLElement {
  const { signer, code } = act
  const who = [
    view.memberName(chain, signer.member),
    signer.unit,
    view.term(signer.kind),
    signer.name,
  ]
  const roles = signer.roles.length > 0 ? ` · ${signer.roles.join(', ')}` : ''
  const input = act.input === null || isEmpty(act.input) ? null : renderJson(view, act.input)
  return element(
    'dl',
    { class: 'act' },
    ...row(view.say(PAGE.what), act.action),
    ...row(view.say(PAGE.who), `${who.filter((part) => part !== null).join(' ')}${roles}`),
    ...row(view.say(PAGE.when), `${view.time(act.time)} ${view.say(PAGE.beijing)}`),
    ...row(view.say(PAGE.outcome), code === 'OK' ? view.say(PAGE.accepted) : code),
    ...(input === null ? [] : row(view.say(PAGE.input), input)),
    ...row(view.say(PAGE.number), element('code', { text: act.txId })),
  )
}

function renderOpened(view: View, chain: string, { sections, code }: OpenedSummary): HTMLElement {
  return element(
    'section',
    { class: 'opened' },
    element('h4', { text: view.say(PAGE.opened) }),
    ...sections.map(({ content, bytes, owner }) =>
      element(
        'div',
        {},
        content === null
          ? element('p', { class: 'muted', text: view.say(PAGE.unreadable, bytes) })
          : renderJson(view, content),
        owner === null
          ? null
          : element('p', {
              class: 'muted',
              text: `${view.say(PAGE.ownedBy)} ${view.memberName(chain, owner)}`,
            }),
      ),
    ),
    code === null
      ? null
      : element('p', {}, `${view.say(PAGE.outcome)} `, element('code', { text: code })),
  )
}

function renderRecords(view: View, records: EvidenceSummary['records']): HTMLElement {
  return element(
    'section',
    { class: 'opened' },
    element('h4', { text: view.say(PAGE.records) }),
    ...records.map(({ collection, key, value }) =>
      element(
        'div',
        {},
        element('p', {}, element('code', { text: `${collection} ${key}` })),
        value === null ? null : renderJson(view, value),
      ),
    ),
  )
}

/** Any JSON as nested definition lists: names left, values right, nothing hidden. */
function renderJson(view: View, value: Json): Node {
  if (Array.isArray(value)) {
    const items = value.map((item) => element('li', {}, renderJson(view, item)))
    return element('ol', { class: 'values' }, ...items)
  }
  if (typeof value === 'object' && value !== null) {
    const rows = Object.entries(value).flatMap(([name, member]) =>
      row(name, renderJson(view, member)),
    )
    return element('dl', { class: 'values' }, ...rows)
  }
  return document.createTextNode(value === null ? '—' : String(value))
}

function row(term: string, value: string | Node): HTMLElement[] {
  return [element('dt', { text: term }), element('dd', {}, value)]
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
