import { SaxesParser, type SaxesTagNS } from 'saxes'

/** An element of an XML document, without its prefix. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, without that of its children. */
  readonly text: string
}

/** Prefixes declared at the root, for names in attribute values. */
export interface XmlDocument {
  readonly root: XmlElement
  readonly prefixes: ReadonlyMap<string, string>
}

/** Why an XML text is refused. */
export type XmlRefusal = 'NOT_XML' | 'DOCTYPE' | 'TOO_LARGE' | 'TOO_DEEP' | 'TOO_MANY'

/** Thrown for a text that is not XML, or XML of a kind we do not read from strangers. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused'
  readonly code: XmlRefusal

  /** The message names the line where there is one. */
  constructor(code: XmlRefusal, message: string) {
    super(message)
    this.code = code
  }
}

/** Sizes no model of ours comes near. */
const GREATEST_LENGTH = 16_777_216
const GREATEST_DEPTH = 150
const GREATEST_ELEMENTS = 500_000
const GREATEST_ATTRIBUTES = 64

interface OpenElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

/**
 * Reads an XML text into elements. Document types (and with them entities) are refused; so are
 * depth, sizes and counts
 * beyond all models.
 *
 * @throws XmlRefused
 */
export function readXml(text: string): XmlDocument {
  if (text.length > GREATEST_LENGTH) throw new XmlRefused('TOO_LARGE', 'the document is too large')
  const reader = new XmlReader()
  reader.read(text)
  return reader.document()
}

/** Builds elements from the events of the parser. */
class XmlReader {
  private readonly open: OpenElement[] = []
  private readonly prefixes = new Map<string, string>()
  private root: XmlElement | undefined
  private count = 0

  read(text: string): void {
    const parser = new SaxesParser({ xmlns: true, position: true })
    parser.on('error', (error) => {
      throw new XmlRefused('NOT_XML', error.message)
    })
    parser.on('doctype', () => {
      throw new XmlRefused('DOCTYPE', 'a document type is not read from models')
    })
    parser.on('opentag', (tag) => this.begin(tag))
    parser.on('closetag', () => this.end())
    parser.on('text', (part) => this.add(part))
    parser.on('cdata', (part) => this.add(part))
    parser.write(text).close()
  }

  document(): XmlDocument {
    if (this.root === undefined) throw new XmlRefused('NOT_XML', 'the document has no element')
    return { root: this.root, prefixes: this.prefixes }
  }

  private begin(tag: SaxesTagNS): void {
    this.count += 1
    if (this.count > GREATEST_ELEMENTS)
      throw new XmlRefused('TOO_MANY', 'there are too many elements')
    if (this.open.length >= GREATEST_DEPTH)
      throw new XmlRefused('TOO_DEEP', 'elements are nested too deeply')
    const attributes = new Map<string, string>()
    for (const attribute of Object.values(tag.attributes)) {
      if (attributes.size >= GREATEST_ATTRIBUTES) {
        throw new XmlRefused('TOO_MANY', 'an element has too many attributes')
      }
      if (attribute.prefix === 'xmlns') this.prefixes.set(attribute.local, attribute.value)
      else attributes.set(attribute.local, attribute.value)
    }
    this.open.push({ name: tag.local, namespace: tag.uri, attributes, children: [], text: '' })
  }

  private end(): void {
    const element = this.open.pop()
    const parent = this.open.at(-1)
    if (element === undefined) return
    if (parent === undefined) this.root = element
    else parent.children.push(element)
  }

  private add(part: string): void {
    const element = this.open.at(-1)
    if (element !== undefined) element.text += part
  }
}

/** Child elements of a name. */
export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The first child element of a name. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** The text of the child `text`, as expressions and tests have it. */
export function textOf(element: XmlElement | undefined): string | undefined {
  return element === undefined ? undefined : childNamed(element, 'text')?.text
}
