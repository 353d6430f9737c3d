/*
 * A statement on paper: A4 with margins of 20 mm, black on white, the evidence file attached. What is
 * printed is what the file says, read back from it; nothing else decides a figure.
 */
import type { Bytes } from '@renshe/crypto'
import { beijingTime, type EvidenceSummary, type StatementRow } from '@renshe/proof'
import PDFDocument from 'pdfkit'
import type { BookWords } from './account-holder.ts'
import { evidenceNumber } from './evidence-number.ts'
import { PrintFont } from './print-font.ts'
import { type Label, STATEMENT_NOTES, STATEMENT_WORDS } from './statement-words.ts'

/** What is printed beside the file's own facts. */
export interface StatementToPrint {
  readonly evidence: Bytes
  /** What the file says, verified. */
  readonly summary: EvidenceSummary
  readonly book: string
  /** As it was enrolled; null where the node does not know it. */
  readonly holder: string | null
  readonly period: { readonly from: string | null; readonly to: string }
  readonly issuer: { readonly zh: string; readonly en: string }
  /** UTC ms of the chain's clock. */
  readonly issuedAt: number
  readonly texts: BookWords
}

const MM = 72 / 25.4
const MARGIN = 20 * MM
const WIDTH = 210 * MM - 2 * MARGIN
const HEIGHT = 297 * MM
const BOTTOM = HEIGHT - MARGIN
/** Width of the labels of facts. */
const LABEL = 47 * MM
const FINGERPRINT_DIGITS = 64
const PALE = '#66717c'

/** Columns: label, share of the width, whether figures stand right. */
const COLUMNS: readonly (readonly [label: Label, share: number, isNumber: boolean])[] = [
  [STATEMENT_WORDS.date, 0.2, false],
  [STATEMENT_WORDS.item, 0.13, false],
  [STATEMENT_WORDS.part, 0.15, false],
  [STATEMENT_WORDS.cost, 0.15, true],
  [STATEMENT_WORDS.units, 0.14, true],
  [STATEMENT_WORDS.netValue, 0.1, true],
  [STATEMENT_WORDS.residue, 0.13, true],
]

/**
 * Prints a statement.
 *
 * @returns bytes of a PDF with the evidence file as its attachment `<number>.renshe.json`
 * @throws RangeError if the file is no statement
 */
export async function statementPdf(given: StatementToPrint): Promise<Bytes> {
  const { statement } = given.summary
  if (statement === null) throw new RangeError('only a statement is printed as one')
  const { number } = evidenceNumber(given.evidence)
  const created = new Date(given.issuedAt)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    font: PrintFont.path,
    info: { Title: `${STATEMENT_WORDS.title[0]} ${number}`, CreationDate: created },
  })
  const finished = bytesOf(doc)
  const print = new Print(doc)
  print.facts(given, statement.account)
  print.table(statement.rows, given.texts)
  print.notes(given, `${number}.renshe.json`)
  print.everyPage(number, given.summary.demonstration)
  doc.file(Buffer.from(given.evidence), {
    name: `${number}.renshe.json`,
    type: 'application/json',
    description: STATEMENT_WORDS.number.join(' '),
    creationDate: created,
    modifiedDate: created,
  })
  doc.end()
  return finished
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Bytes> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    doc.on('error', reject)
  })
}

class Print {
  readonly #doc: PDFKit.PDFDocument
  readonly #font: PrintFont
  #y = MARGIN

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc
    this.#font = new PrintFont(doc)
  }

  facts(given: StatementToPrint, account: string): void {
    const { summary, period, issuer, issuedAt } = given
    const { number, fingerprint } = evidenceNumber(given.evidence)
    this.#text(STATEMENT_WORDS.title[0], { size: 20 })
    this.#text(STATEMENT_WORDS.title[1], { size: 9, color: PALE, gap: 10 })
    const clock = summary.demonstration ? `（${STATEMENT_WORDS.clock[0]}）` : ''
    const { from } = period
    const facts: [Label, string][] = [
      [STATEMENT_WORDS.holder, given.holder ?? '—'],
      [STATEMENT_WORDS.account, account],
      [STATEMENT_WORDS.plan, given.book],
      [STATEMENT_WORDS.period, `${from ?? STATEMENT_WORDS.beginning[0]} – ${period.to}`],
      [STATEMENT_WORDS.issuer, `${issuer.zh}  ${issuer.en}`],
      [STATEMENT_WORDS.issuedAt, `${beijingTime(issuedAt)}${clock}`],
      [STATEMENT_WORDS.number, number],
      [STATEMENT_WORDS.fingerprint, fingerprint],
    ]
    for (const [label, value] of facts) this.#fact(label, value)
    this.#y += 8
  }

  table(rows: readonly StatementRow[], texts: BookWords): void {
    this.#heading()
    for (const row of rows) {
      for (const cells of linesOf(row, texts)) this.#line(cells, row.kind !== 'entry')
    }
    this.#y += 10
  }

  notes({ summary, holder }: StatementToPrint, file: string): void {
    const said: Label[] = [
      STATEMENT_NOTES.attached.map((text) => text.replace('{file}', file)) as unknown as Label,
      STATEMENT_NOTES.derived,
      STATEMENT_NOTES.limits,
    ]
    const missing = this.#font.missingIn(holder ?? '')
    if (missing.length > 0) {
      const list = missing.join(', ')
      said.push(STATEMENT_NOTES.missing.map((t) => t.replace('{list}', list)) as unknown as Label)
    }
    if (summary.demonstration) said.push(STATEMENT_NOTES.sample)
    for (const [zh, en] of said) {
      this.#makeRoom(34)
      this.#text(zh, { size: 9 })
      this.#text(en, { size: 7.5, color: PALE, gap: 5 })
    }
  }

  /** Footer, and the mark of a demonstration, when it is known how many pages there are. */
  everyPage(number: string, isDemonstration: boolean): void {
    const doc = this.#doc
    const { start, count } = doc.bufferedPageRange()
    for (let page = start; page < start + count; page++) {
      doc.switchToPage(page)
      // Text below the margin would begin a new page.
      doc.page.margins.bottom = 0
      if (isDemonstration) this.#watermark()
      const footer = `${STATEMENT_WORDS.number[0]} ${number}    ${page - start + 1}/${count}`
      doc.font(PrintFont.path).fontSize(8).fillColor(PALE)
      doc.text(footer, MARGIN, BOTTOM + 4 * MM, { width: WIDTH, align: 'center', lineBreak: false })
    }
  }

  #watermark(): void {
    const doc = this.#doc
    doc.save()
    doc.rotate(-35, { origin: [105 * MM, HEIGHT / 2] })
    doc.font(PrintFont.path).fontSize(150).fillColor('#b3352c').fillOpacity(0.09)
    doc.text(STATEMENT_WORDS.sample[0], 0, HEIGHT / 2 - 100, {
      width: 210 * MM,
      align: 'center',
      lineBreak: false,
    })
    doc.restore()
  }

  #text(
    text: string,
    { size, color = '#000000', gap = 2 }: { size: number; color?: string; gap?: number },
  ): void {
    const doc = this.#doc
    doc.font(PrintFont.path).fontSize(size).fillColor(color)
    this.#font.draw(text, MARGIN, this.#y, { width: WIDTH })
    this.#y += this.#font.heightOf(text, WIDTH) + gap
  }

  #fact([zh, en]: Label, value: string): void {
    const doc = this.#doc
    const at = MARGIN + LABEL
    doc.font(PrintFont.path).fontSize(10).fillColor(PALE)
    doc.text(`${zh} ${en}`, MARGIN, this.#y, { width: LABEL, lineBreak: false })
    // 64 hex digits stand in one line, so that they can be searched and copied whole.
    doc.fontSize(value.length === FINGERPRINT_DIGITS ? 9 : 10).fillColor('#000000')
    const width = WIDTH - LABEL
    this.#font.draw(value, at, this.#y, { width })
    this.#y += this.#font.heightOf(value, width) + 2
  }

  #heading(): void {
    const doc = this.#doc
    let x = MARGIN
    for (const [[zh, en], share, isNumber] of COLUMNS) {
      const width = share * WIDTH - 4
      const align = isNumber ? 'right' : 'left'
      doc.font(PrintFont.path).fontSize(8.5).fillColor('#000000')
      doc.text(zh, x, this.#y, { width, align, lineBreak: false })
      doc.fontSize(7).fillColor(PALE)
      doc.text(en, x, this.#y + 12, { width, align, lineBreak: false })
      x += share * WIDTH
    }
    this.#y += 24
    this.#rule()
  }

  #line(cells: readonly string[], isBalance: boolean): void {
    const doc = this.#doc
    doc.font(PrintFont.path).fontSize(8.5)
    const heights = cells.map((cell, at) =>
      this.#font.heightOf(cell, (COLUMNS[at]?.[1] ?? 0) * WIDTH - 4),
    )
    const height = Math.max(...heights) + 6
    if (this.#makeRoom(height)) this.#heading()
    let x = MARGIN
    doc.font(PrintFont.path).fontSize(8.5).fillColor('#000000')
    cells.forEach((cell, at) => {
      const [, share, isNumber] = COLUMNS[at] ?? [STATEMENT_WORDS.item, 0, false]
      const align = isNumber ? 'right' : 'left'
      this.#font.draw(cell, x, this.#y + 3, { width: share * WIDTH - 4, align })
      x += share * WIDTH
    })
    this.#y += height
    this.#rule(isBalance ? 1 : 0.5)
  }

  #rule(width = 0.5): void {
    const doc = this.#doc
    doc.lineWidth(width).strokeColor('#000000')
    doc
      .moveTo(MARGIN, this.#y)
      .lineTo(MARGIN + WIDTH, this.#y)
      .stroke()
    this.#y += 1
  }

  /** Begins a new page where so much does not fit any more; true if it did. */
  #makeRoom(height: number): boolean {
    if (this.#y + height <= BOTTOM) return false
    this.#doc.addPage()
    this.#y = MARGIN
    return true
  }
}

/** Cells of each line of a row: a balance of several parts ends with its total. */
function linesOf(row: StatementRow, texts: BookWords): string[][] {
  const [time, item] = [row.time === null ? '—' : beijingTime(row.time), itemOf(row, texts)]
  const lines = row.parts.map((part, at) => [
    at === 0 ? time : '',
    at === 0 ? item : '',
    texts.zh[`field.${part.part}`] ?? part.part,
    grouped(part.cost),
    grouped(part.units),
    part.netValue ?? '—',
    part.residue ?? '—',
  ])
  if (row.kind === 'entry' || row.parts.length === 1) return lines
  const total = [grouped(row.cost ?? '0.00'), grouped(row.units ?? '0'), '—', '—']
  const first = lines.length === 0 ? [time, item] : ['', '']
  return [...lines, [...first, STATEMENT_WORDS.total[0], ...total]]
}

function itemOf({ kind, journalKind }: StatementRow, texts: BookWords): string {
  if (kind !== 'entry') return STATEMENT_WORDS[kind][0]
  if (journalKind === null) return STATEMENT_WORDS.entry[0]
  return texts.zh[`journal.${journalKind}`] ?? JOURNAL_KINDS[journalKind] ?? journalKind
}

/** Kinds of journal that packages do not name themselves. */
const JOURNAL_KINDS: Readonly<Record<string, string>> = {
  contribution: '缴费',
  allocation: '缴费分配',
  correction: '更正',
  payment: '待遇支付',
  transfer: '转移',
  vesting: '归属',
  restatement: '净值更正',
}

/** Groups of three digits before the point; a minus as it is printed. */
function grouped(decimal: string): string {
  const [whole = '', places] = decimal.replace('-', '').split('.')
  const groups = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  const sign = decimal.startsWith('-') ? '−' : ''
  return `${sign}${groups}${places === undefined ? '' : `.${places}`}`
}
