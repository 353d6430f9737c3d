import { collapseSpaces, isNamePart, isSpace } from './characters.ts'

/**
 * The names known at a place of an expression. FEEL names may hold spaces, operators and key words
 * (`date and time`,
 * `profit-and-loss`); which text is one name is decided by what is in scope, the longest match
 * first.
 *
 * @source DMN 1.5 §10.3.1.4
 */
export class NameScope {
  private readonly parent: NameScope | undefined
  /** Names by their first word, longest first. */
  private byWord = new Map<string, string[]>()

  /** Names of an inner scope hide nothing here: only their spelling matters. */
  constructor(names: Iterable<string>, parent?: NameScope) {
    this.parent = parent
    for (const name of names) this.add(name)
  }

  /** Makes a name known from here on. */
  add(name: string): void {
    const spelled = collapseSpaces(name)
    const word = spelled.slice(0, wordEnd(spelled, 0))
    const names = this.byWord.get(word)
    if (names === undefined) this.byWord.set(word, [spelled])
    else if (!names.includes(spelled)) {
      names.push(spelled)
      names.sort((left, right) => right.length - left.length)
    }
  }

  /** The same names, still growing with this scope, in front of another scope. */
  withParent(parent: NameScope): NameScope {
    const scope = new NameScope([], parent)
    scope.byWord = this.byWord
    return scope
  }

  /** The longest known name that begins at `at`, with the offset after it. */
  match(text: string, at: number): { name: string; end: number } | undefined {
    const word = text.slice(at, wordEnd(text, at))
    let best: { name: string; end: number } | undefined
    for (let scope: NameScope | undefined = this; scope !== undefined; scope = scope.parent) {
      for (const name of scope.byWord.get(word) ?? []) {
        if (best !== undefined && name.length <= best.name.length) break
        const end = spelledAt(name, text, at)
        if (end !== undefined) best = { name, end }
      }
    }
    return best
  }
}

/** Offset after the name characters that begin at `at`. */
export function wordEnd(text: string, at: number): number {
  let end = at
  while (end < text.length) {
    const point = text.codePointAt(end) as number
    if (!isNamePart(point)) break
    end += point > 0xffff ? 2 : 1
  }
  return end
}

/**
 * Offset after `name` when the text spells it at `at`; one space of the name stands for any white
 * space.
 */
function spelledAt(name: string, text: string, at: number): number | undefined {
  let end = at
  for (let index = 0; index < name.length; index += 1) {
    if (name[index] === ' ') {
      if (!isSpace(text.charCodeAt(end))) return undefined
      while (isSpace(text.charCodeAt(end))) end += 1
    } else {
      if (name[index] !== text[end]) return undefined
      end += 1
    }
  }
  return wordEnd(text, end) > end && isWordLast(name) ? undefined : end
}

function isWordLast(name: string): boolean {
  const last = name.charCodeAt(name.length - 1)
  return last >= 0xdc00 || isNamePart(last)
}
