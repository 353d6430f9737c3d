/* The one font of printed pages. Characters that it lacks stand as code points, never as an empty box. */
import { fileURLToPath } from 'node:url'

/** As fontkit knows a font. */
interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean
}

/** Noto Sans SC Regular, under the SIL Open Font License. */
export class PrintFont {
  /** Place of the font's file. */
  static readonly path = fileURLToPath(
    new URL('../../fonts/noto-sans-sc-regular.ttf', import.meta.url),
  )

  readonly #doc: PDFKit.PDFDocument
  readonly #glyphs: Glyphs

  /** @param doc  whose current font is this one */
  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc
    doc.font(PrintFont.path)
    this.#glyphs = (doc as unknown as { readonly _font: { readonly font: Glyphs } })._font.font
  }

  /** Code points of a text that the font lacks, for example `U+20BB7`, each once. */
  missingIn(text: string): string[] {
    const missing = [...text].filter((character) => !this.#has(character))
    return [...new Set(missing.map(codePointOf))]
  }

  /** Draws a text; what is missing is drawn as `[U+20BB7]`, and the text layer says what it is. */
  draw(
    text: string,
    x: number,
    y: number,
    options: { readonly width: number; readonly align?: 'left' | 'right' },
  ): void {
    const doc = this.#doc
    const printed = this.printed(text)
    if (printed === text) {
      doc.text(text, x, y, options)
      return
    }
    doc.markContent('Span', { actual: text })
    doc.text(printed, x, y, options)
    doc.endMarkedContent()
  }

  /** Height of a text as it will be drawn, at the current size. */
  heightOf(text: string, width: number): number {
    return this.#doc.heightOfString(this.printed(text) || ' ', { width })
  }

  /** A text with what the font has; the rest as code points. */
  printed(text: string): string {
    return [...text]
      .map((character) => (this.#has(character) ? character : `[${codePointOf(character)}]`))
      .join('')
  }

  #has(character: string): boolean {
    return this.#glyphs.hasGlyphForCodePoint(character.codePointAt(0) as number)
  }
}

function codePointOf(character: string): string {
  const point = character.codePointAt(0) as number
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
}
