import type { Words } from '../facts.ts'
import type { EvidenceSummary, StatementCell, StatementRow } from '../summary.ts'
import { element } from './dom.ts'
import type { View } from './view.ts'
import { PAGE, STATEMENT } from './words.ts'

type Statement = NonNullable<EvidenceSummary['statement']>

/** A statement as a table; on a phone each row becomes a block of labels and values. */
export function renderStatement(view: View, { account, rows }: Statement): HTMLElement {
  const columns = [
    STATEMENT.date,
    STATEMENT.item,
    STATEMENT.part,
    STATEMENT.cost,
    STATEMENT.units,
    STATEMENT.netValue,
    STATEMENT.residue,
  ]
  return element(
    'div',
    { class: 'statement' },
    element(
      'p',
      { class: 'muted' },
      `${view.say(PAGE.account)} `,
      element('code', { text: account }),
    ),
    element(
      'table',
      {},
      element('caption', { text: view.say(STATEMENT.sum) }),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map((column, i) =>
            element('th', { scope: 'col', class: i > 2 ? 'number' : '', text: view.say(column) }),
          ),
        ),
      ),
      ...rows.map((row) => renderRow(view, row)),
    ),
    element('p', { class: 'muted small', text: view.say(STATEMENT.derived) }),
  )
}

function renderRow(view: View, row: StatementRow): HTMLElement {
  const item = {
    from: view.say(STATEMENT.from),
    to: view.say(STATEMENT.to),
    entry: view.term(row.journalKind ?? view.say(STATEMENT.entry)),
  }[row.kind]
  const isBalance = row.kind !== 'entry'
  const lines = row.parts.map((part, i) => renderLine(view, row, part, i === 0 ? item : ''))
  const hasTotal = isBalance && row.parts.length !== 1
  return element(
    'tbody',
    { class: row.kind },
    ...lines,
    hasTotal ? renderTotal(view, row, lines.length === 0 ? item : '') : null,
  )
}

function renderLine(view: View, row: StatementRow, part: StatementCell, item: string): HTMLElement {
  const isEntry = row.kind === 'entry'
  const taxed = isZero(part.taxedCost)
    ? null
    : element('small', {
        text: `${view.say(STATEMENT.taxedCost)} ${grouped(part.taxedCost, false)}`,
      })
  const cells: [Words, string, Node | string | null][] = [
    [STATEMENT.date, '', item === '' ? '' : view.time(row.time)],
    [STATEMENT.item, 'item', item],
    [STATEMENT.part, '', part.chart === '' ? view.term(part.part) : partName(view, part)],
    [STATEMENT.cost, 'number', grouped(part.cost, isEntry)],
    [STATEMENT.units, 'number', grouped(part.units, isEntry)],
    [STATEMENT.netValue, 'number', part.netValue ?? '—'],
    [STATEMENT.residue, 'number', part.residue ?? '—'],
  ]
  return element(
    'tr',
    {},
    ...cells.map(([label, kind, content]) =>
      element(
        'td',
        { class: kind, 'data-label': view.say(label) },
        content,
        label === STATEMENT.cost ? taxed : null,
      ),
    ),
  )
}

function partName(view: View, { part, chart }: StatementCell): HTMLElement {
  return element('span', {}, view.term(part), element('small', { text: ` ${chart}` }))
}

function renderTotal(view: View, row: StatementRow, item: string): HTMLElement {
  return element(
    'tr',
    { class: 'total' },
    element('td', { text: item === '' ? '' : view.time(row.time) }),
    element('td', { class: 'item', text: item }),
    element('td', { text: view.say(STATEMENT.total) }),
    element('td', {
      class: 'number',
      'data-label': view.say(STATEMENT.cost),
      text: grouped(row.cost ?? '', false),
    }),
    element('td', {
      class: 'number',
      'data-label': view.say(STATEMENT.units),
      text: grouped(row.units ?? '', false),
    }),
    element('td', {}),
    element('td', {}),
  )
}

function isZero(decimal: string): boolean {
  return [...decimal].every((character) => character === '0' || character === '.')
}

/** Thousands in groups of three, a true minus sign, and a plus before what is added. */
function grouped(decimal: string, isSigned: boolean): string {
  const isNegative = decimal.startsWith('-')
  const [whole = '', fraction] = (isNegative ? decimal.slice(1) : decimal).split('.')
  let text = ''
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) text += ','
    text += whole[i]
  }
  const sign = isNegative ? '−' : isSigned ? '+' : ''
  return `${sign}${text}${fraction === undefined ? '' : `.${fraction}`}`
}
