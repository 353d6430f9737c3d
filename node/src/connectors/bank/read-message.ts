import { guardedXml, type XmlHandlers, type XmlLimits, XmlRefused } from '../../files/xml-guard.ts'
import { refuseBankFile } from './bank-file-refusals.ts'
import {
  BANK_FILE_LIMITS,
  type BankMessage,
  MESSAGE_TABLES,
  type MessageReading,
  type UnknownPart,
} from './bank-message.ts'
import {
  type Element,
  elementsOf,
  type IsoAmount,
  isLeaf,
  type LeafType,
  namespaceOf,
} from './element-table.ts'
import { checkTotals } from './message-totals.ts'
import { currencyCode } from './simple-types.ts'
import { escapeAttribute, escapeText } from './xml-text.ts'

/**
 * Reads a file of a bank strictly: order, cardinality, lengths, codes and decimals as the tables
 * say, counts and sums recomputed. Elements that the tables do not know are kept and reported.
 *
 * @throws BankFileRefused
 */
export function readMessage(bytes: Uint8Array): MessageReading {
  if (bytes.byteLength > BANK_FILE_LIMITS.bytes)
    refuseBankFile({ code: 'BANK_FILE_TOO_LARGE', limitBytes: BANK_FILE_LIMITS.bytes })
  const reader = new TreeReader()
  const limits: XmlLimits = { ...BANK_FILE_LIMITS, length: BANK_FILE_LIMITS.bytes }
  const text = decodeUtf8(bytes)
  try {
    const parser = guardedXml(reader, limits, true)
    // In pieces: the parser's own buffers are then bounded by the guard and not by the file.
    for (let start = 0; start < text.length; start += PIECE)
      parser.write(text.slice(start, start + PIECE))
    parser.end()
  } catch (error) {
    if (error instanceof XmlRefused) refuseBankFile(error.refusal)
    throw error
  }
  const message = reader.finish()
  checkTotals(message)
  return message
}

const PIECE = 16 * 1024

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuseBankFile({ code: 'BANK_FILE_NOT_UTF8' })
  }
}

type Branch = Record<string, unknown>

type Frame = {
  readonly path: string
  readonly element: Element
  readonly children: readonly Element[]
  readonly branch: Branch
  readonly currency: string
  place: number
  hasUnknown: boolean
  text: string
}

/** Builds the value of a message while its XML passes by. */
class TreeReader implements XmlHandlers {
  private readonly frames: Frame[] = []
  private readonly unknown: UnknownPart[] = []
  private kind: BankMessage['kind'] | undefined
  private namespace = ''
  private isInDocument = false
  private root: Branch | undefined
  private foreign: { path: string; line: number; depth: number; xml: string } | undefined

  open(name: string, attributes: ReadonlyMap<string, string>, uri: string, line: number): void {
    const parent = this.frames.at(-1)
    if (this.foreign !== undefined) this.keepOpening(name, attributes)
    else if (!this.isInDocument) this.openDocument(name, uri, line)
    else if (parent === undefined) this.openRoot(name, uri, line)
    else this.openChild(parent, name, attributes, uri, line)
  }

  private openChild(
    parent: Frame,
    name: string,
    attributes: ReadonlyMap<string, string>,
    uri: string,
    line: number,
  ): void {
    const path = `${parent.path}/${name}`
    const place = parent.children.findIndex(({ tag }) => tag === name)
    const element = parent.children[place]
    if (element === undefined || uri !== this.namespace) {
      parent.hasUnknown = true
      this.foreign = { path: shownPath(path), line, depth: 0, xml: '' }
      this.keepOpening(name, attributes)
      return
    }
    if (place < parent.place) refuseBankFile({ code: 'ELEMENT_ORDER', path, line })
    parent.place = place
    this.push(element, path, attributes, line)
  }

  close(name: string, line: number): void {
    if (this.foreign !== undefined) {
      this.keepClosing(name)
      return
    }
    const frame = this.frames.pop()
    if (frame === undefined) return
    const value = isLeaf(frame.element.content)
      ? leafValue(frame, frame.element.content, line)
      : branchValue(frame, line)
    const parent = this.frames.at(-1)
    if (parent === undefined) this.root = frame.branch
    else put(parent, frame, value, line)
  }

  text(text: string): void {
    if (this.foreign !== undefined) {
      this.foreign.xml += escapeText(text)
      this.limitForeign()
      return
    }
    const frame = this.frames.at(-1)
    if (frame !== undefined) frame.text += text
    else if (text.trim() !== '')
      refuseBankFile({ code: 'TEXT_NOT_EXPECTED', path: 'Document', line: 1 })
    if (frame !== undefined && frame.text.length > BANK_FILE_LIMITS.textLength)
      refuseBankFile({
        code: 'XML_TEXT_TOO_LONG',
        line: 0,
        limit: BANK_FILE_LIMITS.textLength,
      })
  }

  finish(): MessageReading {
    if (this.kind === undefined || this.root === undefined)
      return refuseBankFile({ code: 'MESSAGE_UNKNOWN', line: 1 })
    // The tables say what was built: every element was checked against them on the way.
    return {
      kind: this.kind,
      document: this.root,
      unknown: this.unknown,
    } as unknown as MessageReading
  }

  private openDocument(name: string, uri: string, line: number): void {
    const found = Object.entries(MESSAGE_TABLES).find(
      ([, { message }]) => namespaceOf(message) === uri,
    )
    if (name !== 'Document' || found === undefined)
      refuseBankFile({ code: 'MESSAGE_UNKNOWN', line })
    this.kind = found[0] as BankMessage['kind']
    this.namespace = uri
    this.isInDocument = true
  }

  private openRoot(name: string, uri: string, line: number): void {
    const table = this.kind === undefined ? undefined : MESSAGE_TABLES[this.kind]
    const isSecond = this.root !== undefined
    if (table === undefined || name !== table.root || uri !== this.namespace || isSecond)
      refuseBankFile({ code: 'MESSAGE_UNKNOWN', line })
    const element: Element = { tag: name, min: 1, max: 1, content: table.content }
    this.push(element, name, new Map(), line)
  }

  private push(
    element: Element,
    path: string,
    attributes: ReadonlyMap<string, string>,
    line: number,
  ): void {
    const isAmount = isLeaf(element.content) && element.content.isAmount === true
    for (const [name, value] of attributes) {
      if (name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xsi:')) continue
      if (isAmount && name === 'Ccy') continue
      this.keep({ path: shownPath(`${path}/@${name}`), line, xml: escapeText(value) })
    }
    const currency = isAmount ? (attributes.get('Ccy') ?? '') : ''
    if (isAmount && !currencyCode.accepts(currency))
      refuseBankFile({ code: 'VALUE_WRONG', path: `${path}/@Ccy`, line, expected: 'currency code' })
    this.frames.push({
      path,
      element,
      children: elementsOf(element.content),
      branch: {},
      currency,
      place: 0,
      hasUnknown: false,
      text: '',
    })
  }

  private keepOpening(name: string, attributes: ReadonlyMap<string, string>): void {
    const foreign = this.foreign
    if (foreign === undefined) return
    foreign.depth += 1
    const list = [...attributes].map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    foreign.xml += `<${name}${list.join('')}>`
    this.limitForeign()
  }

  private keepClosing(name: string): void {
    const foreign = this.foreign
    if (foreign === undefined) return
    foreign.depth -= 1
    foreign.xml += `</${name}>`
    if (foreign.depth > 0) return
    this.keep({ path: foreign.path, line: foreign.line, xml: foreign.xml })
    this.foreign = undefined
  }

  private limitForeign(): void {
    const foreign = this.foreign
    if (foreign === undefined || foreign.xml.length <= BANK_FILE_LIMITS.unknownLength) return
    refuseBankFile({
      code: 'XML_TEXT_TOO_LONG',
      line: foreign.line,
      limit: BANK_FILE_LIMITS.unknownLength,
    })
  }

  private keep(part: UnknownPart): void {
    if (this.unknown.length >= BANK_FILE_LIMITS.unknownParts)
      refuseBankFile({
        code: 'ELEMENT_TOO_MANY',
        path: part.path,
        line: part.line,
        limit: BANK_FILE_LIMITS.unknownParts,
      })
    this.unknown.push(part)
  }
}

function leafValue(frame: Frame, leaf: LeafType, line: number): string | IsoAmount {
  if (!leaf.accepts(frame.text))
    refuseBankFile({ code: 'VALUE_WRONG', path: frame.path, line, expected: leaf.leaf })
  return leaf.isAmount === true ? { currency: frame.currency, amount: frame.text } : frame.text
}

function branchValue(frame: Frame, line: number): Branch {
  if (frame.text.trim() !== '')
    refuseBankFile({ code: 'TEXT_NOT_EXPECTED', path: frame.path, line })
  const present = frame.children.filter(({ tag }) => tag in frame.branch)
  if ('choice' in frame.element.content) {
    // An alternative that the subset does not know stands for the one that must be there.
    if (present.length > 1 || (present.length === 0 && !frame.hasUnknown))
      refuseBankFile({ code: 'CHOICE_NOT_ONE', path: frame.path, line })
    return frame.branch
  }
  const missing = frame.children.find(({ tag, min }) => min === 1 && !(tag in frame.branch))
  if (missing !== undefined)
    refuseBankFile({ code: 'ELEMENT_MISSING', path: `${frame.path}/${missing.tag}`, line })
  return frame.branch
}

function put(parent: Frame, { element, path }: Frame, value: unknown, line: number): void {
  if (element.max === 1) {
    if (element.tag in parent.branch)
      refuseBankFile({ code: 'ELEMENT_TOO_MANY', path, line, limit: 1 })
    parent.branch[element.tag] = value
    return
  }
  const list = parent.branch[element.tag]
  if (!Array.isArray(list)) {
    parent.branch[element.tag] = [value]
    return
  }
  if (list.length >= element.max)
    refuseBankFile({ code: 'ELEMENT_TOO_MANY', path, line, limit: element.max })
  list.push(value)
}

/** A path with names from outside, cut and without surprises. */
function shownPath(path: string): string {
  return path.replace(/[^A-Za-z0-9_/@:.-]/g, '?').slice(0, 200)
}
