import { type SaxesOptions, SaxesParser } from 'saxes'

/** Why hostile or broken XML is refused, whatever it was meant to be. */
export type XmlRefusal =
  | { code: 'XML_ENCODING' }
  | { code: 'XML_BROKEN'; line: number }
  | { code: 'XML_DOCTYPE' }
  | { code: 'XML_INSTRUCTION' }
  | { code: 'XML_TOO_DEEP'; line: number; limit: number }
  | { code: 'XML_TOO_MANY_ATTRIBUTES'; line: number; limit: number }
  | { code: 'XML_TEXT_TOO_LONG'; line: number; limit: number }
  | { code: 'XML_TOO_LARGE'; limit: number }

/** Thrown by the guarded parser; the caller adds what the document was. */
export class XmlRefused extends Error {
  readonly refusal: XmlRefusal

  constructor(refusal: XmlRefusal) {
    super(refusal.code)
    this.name = 'XmlRefused'
    this.refusal = refusal
  }
}

/** Named maximum of everything in one XML document. */
export type XmlLimits = {
  readonly depth: number
  readonly attributes: number
  readonly textLength: number
  readonly length: number
}

/** What a reader of XML wants to know; `uri` is empty unless namespaces are asked for. */
export type XmlHandlers = {
  open(name: string, attributes: ReadonlyMap<string, string>, uri: string, line: number): void
  close(name: string, line: number): void
  text(text: string): void
}

/** A parser that is fed text in pieces. */
export type GuardedXml = { write(text: string): void; end(): void }

type Guard = { depth: number; total: number; sinceEvent: number }

/**
 * A SAX parser without DTD, entities, processing instructions, or unbounded depth, attributes and
 * texts.
 *
 * @param areNamespacesResolved  true: names are local names and `uri` is their namespace (bank
 *                               files); false: prefixes are
 *                               cut off (spreadsheets, where speed counts and prefixes only vary in
 * spelling)
 * @throws XmlRefused  from `write` and `end`
 * @source trap 40 of shared/engineering-facts.md: saxes reports a DOCTYPE as an event and limits
 * nothing
 */
export function guardedXml(
  handlers: XmlHandlers,
  limits: XmlLimits,
  areNamespacesResolved = false,
): GuardedXml {
  const parser = new SaxesParser<SaxesOptions>({ xmlns: areNamespacesResolved, position: true })
  const guard: Guard = { depth: 0, total: 0, sinceEvent: 0 }
  refuseActiveParts(parser)
  passOn(parser, handlers, limits, guard)
  return {
    write(text) {
      guard.total += text.length
      guard.sinceEvent += text.length
      if (guard.total > limits.length) refuse({ code: 'XML_TOO_LARGE', limit: limits.length })
      parser.write(text)
      // saxes gathers an unfinished text, name or comment without a limit: it is measured here,
      // between the pieces.
      if (guard.sinceEvent > limits.textLength + text.length) refuseText(parser, limits)
    },
    end() {
      parser.close()
    },
  }
}

function refuseActiveParts(parser: SaxesParser<SaxesOptions>): void {
  parser.on('error', () => refuse({ code: 'XML_BROKEN', line: parser.line }))
  parser.on('doctype', () => refuse({ code: 'XML_DOCTYPE' }))
  parser.on('processinginstruction', () => refuse({ code: 'XML_INSTRUCTION' }))
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8')
      refuse({ code: 'XML_ENCODING' })
  })
}

function passOn(
  parser: SaxesParser<SaxesOptions>,
  handlers: XmlHandlers,
  limits: XmlLimits,
  guard: Guard,
): void {
  const passText = (text: string) => {
    guard.sinceEvent = 0
    if (text.length > limits.textLength) refuseText(parser, limits)
    handlers.text(text)
  }
  parser.on('opentag', (tag) => {
    guard.sinceEvent = 0
    guard.depth += 1
    const line = parser.line
    if (guard.depth > limits.depth) refuse({ code: 'XML_TOO_DEEP', line, limit: limits.depth })
    const attributes = attributesOf(tag.attributes)
    if (attributes.size > limits.attributes)
      refuse({ code: 'XML_TOO_MANY_ATTRIBUTES', line, limit: limits.attributes })
    handlers.open(localName(tag.name), attributes, tag.uri ?? '', line)
  })
  parser.on('closetag', (tag) => {
    guard.sinceEvent = 0
    guard.depth -= 1
    handlers.close(localName(tag.name), parser.line)
  })
  parser.on('text', passText)
  parser.on('cdata', passText)
  parser.on('comment', () => {
    guard.sinceEvent = 0
  })
}

function refuse(refusal: XmlRefusal): never {
  throw new XmlRefused(refusal)
}

function refuseText(parser: SaxesParser<SaxesOptions>, limits: XmlLimits): never {
  return refuse({ code: 'XML_TEXT_TOO_LONG', line: parser.line, limit: limits.textLength })
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Attributes in a map: a name like `__proto__` is then a name and nothing else. */
function attributesOf(
  attributes: Record<string, string | { readonly value: string }>,
): Map<string, string> {
  const map = new Map<string, string>()
  for (const name of Object.keys(attributes)) {
    const attribute = attributes[name]
    if (attribute !== undefined)
      map.set(name, typeof attribute === 'string' ? attribute : attribute.value)
  }
  return map
}
