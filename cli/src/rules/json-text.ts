/** Why a text is not the JSON that this interface takes; null: it is. */
export type JsonFault = 'SYNTAX' | 'DUPLICATE' | 'DEPTH' | null

const MOST_DEPTH = 32

/**
 * Reads JSON with any numbers, and notices what `JSON.parse` passes over: a name given twice in one
 * object, and nesting that only an attacker writes.
 */
export function readJsonText(text: string): { fault: JsonFault; value: unknown } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { fault: 'SYNTAX', value: undefined }
  }
  return { fault: faultOfValid(text), value }
}

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** Walks a text that is JSON already, so that brackets match and strings end. */
function faultOfValid(text: string): JsonFault {
  const open: (Set<string> | null)[] = []
  let awaitsName = false
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at)
        if (awaitsName && !isNew(open.at(-1), text.slice(at, end + 1))) return 'DUPLICATE'
        awaitsName = false
        at = end
        break
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        awaitsName = text.charCodeAt(at) === OPEN_BRACE
        open.push(awaitsName ? new Set() : null)
        if (open.length > MOST_DEPTH) return 'DEPTH'
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop()
        awaitsName = false
        break
      case COMMA:
        awaitsName = open.at(-1) instanceof Set
        break
      default:
    }
  }
  return null
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

/** Two spellings of one name are one name: `"a"` and `"\u0061"`. */
function isNew(names: Set<string> | null | undefined, quoted: string): boolean {
  if (names === null || names === undefined) return true
  const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
  if (names.has(name)) return false
  names.add(name)
  return true
}
