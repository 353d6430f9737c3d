import { type BankMessage, MESSAGE_TABLES } from './bank-message.ts'
import { type Element, elementsOf, isLeaf, namespaceOf } from './element-table.ts'
import { checkTotals } from './message-totals.ts'
import { currencyCode } from './simple-types.ts'
import { escapeAttribute, escapeText } from './xml-text.ts'

/**
 * Writes a message: elements in the order of its table, two spaces per level, UTF-8. The same
 * value gives the same bytes, and reading them gives the value again.
 *
 * @throws RangeError       a value breaks the table: a caller's bug, callers check what people
 *                          enter
 * @throws BankFileRefused  counts or sums that do not fit
 */
export function writeMessage(message: BankMessage): Uint8Array {
  const table = MESSAGE_TABLES[message.kind]
  const root: Element = { tag: table.root, min: 1, max: 1, content: table.content }
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="${namespaceOf(table.message)}">`,
  ]
  writeElement(root, message.document, table.root, 1, lines)
  lines.push('</Document>', '')
  checkTotals(message)
  return Buffer.from(lines.join('\n'), 'utf8')
}

function writeElement(
  element: Element,
  value: unknown,
  path: string,
  depth: number,
  lines: string[],
): void {
  const indent = '  '.repeat(depth)
  if (isLeaf(element.content)) {
    const { text, attributes } = leafText(element, value, path)
    lines.push(`${indent}<${element.tag}${attributes}>${escapeText(text)}</${element.tag}>`)
    return
  }
  if (typeof value !== 'object' || value === null) throw wrong(path, 'an element with content')
  const branch = value as Record<string, unknown>
  const children = elementsOf(element.content)
  const stranger = Object.keys(branch).find((name) => !children.some(({ tag }) => tag === name))
  if (stranger !== undefined)
    throw wrong(`${path}/${stranger}`, 'nothing: the table has no such element')
  if ('choice' in element.content && Object.keys(branch).length !== 1)
    throw wrong(path, 'exactly one alternative')
  const start = lines.length
  lines.push(`${indent}<${element.tag}>`)
  const isChoice = 'choice' in element.content
  for (const child of children) {
    const content = branch[child.tag]
    if (content !== undefined) writeChild(child, content, path, depth, lines)
    else if (child.min === 1 && !isChoice) throw wrong(`${path}/${child.tag}`, 'a value')
  }
  if (lines.length === start + 1) {
    lines[start] = `${indent}<${element.tag}/>`
    return
  }
  lines.push(`${indent}</${element.tag}>`)
}

function writeChild(
  child: Element,
  value: unknown,
  parentPath: string,
  depth: number,
  lines: string[],
): void {
  const path = `${parentPath}/${child.tag}`
  if (child.max === 1) {
    writeElement(child, value, path, depth + 1, lines)
    return
  }
  if (!Array.isArray(value) || value.length < 1 || value.length > child.max)
    throw wrong(path, `a list of 1 to ${child.max}`)
  for (const one of value) writeElement(child, one, path, depth + 1, lines)
}

function leafText(
  { content }: Element,
  value: unknown,
  path: string,
): { text: string; attributes: string } {
  if (!isLeaf(content)) throw wrong(path, 'text')
  if (content.isAmount !== true) {
    if (typeof value !== 'string' || !content.accepts(value)) throw wrong(path, content.leaf)
    return { text: value, attributes: '' }
  }
  const { currency, amount } = value as { currency?: unknown; amount?: unknown }
  const isRight = typeof amount === 'string' && content.accepts(amount)
  if (!isRight || typeof currency !== 'string' || !currencyCode.accepts(currency))
    throw wrong(path, content.leaf)
  return { text: amount, attributes: ` Ccy="${escapeAttribute(currency)}"` }
}

function wrong(path: string, expected: string): RangeError {
  return new RangeError(`${path} must be ${expected}`)
}
