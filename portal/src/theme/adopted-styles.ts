/*
 * Takes the place of rc-util's way to add styles, which makes style elements and so breaks the policy of the
 * page (`style-src 'self'`). What parts of Ant Design add at run time (values of tokens, the scroll lock of a
 * dialog) becomes a constructed style sheet of the document.
 */

interface Adopted {
  readonly sheet: CSSStyleSheet
  /** What the caller gets to mark; never part of the document. */
  readonly element: HTMLStyleElement
}

const adopted = new Map<string, Adopted>()

/** Adds or replaces the style of a key. */
export function updateCSS(css: string, key: string): HTMLStyleElement {
  const known = adopted.get(key)
  if (known !== undefined) {
    known.sheet.replaceSync(css)
    return known.element
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const element = document.createElement('style')
  adopted.set(key, { sheet, element })
  return element
}

/** Adds a style that has no key. */
export function injectCSS(css: string): HTMLStyleElement {
  return updateCSS(css, `injected-${adopted.size}`)
}

/** Takes the style of a key away. */
export function removeCSS(key: string): void {
  const known = adopted.get(key)
  if (known === undefined) return
  adopted.delete(key)
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== known.sheet)
}

/** There is no container to remember. */
export function clearContainerCache(): void {}
