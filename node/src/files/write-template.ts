import type { ColumnSpec } from './column-spec.ts'
import { describeColumn } from './expected.ts'
import { FILE_LIMITS } from './limits.ts'
import {
  escapeXml,
  referenceOf,
  type SheetToWrite,
  STYLE,
  sheetColumnOf,
  textRow,
} from './sheet-xml.ts'
import { writeWorkbook } from './write-xlsx.ts'

/** The two languages of a template. */
export type TemplateLocale = 'zh' | 'en'

/**
 * Makes the XLSX template of a form: a sheet with the headings, formats that keep ID numbers whole,
 * drop-down lists for codes, a sheet of
 * notes, and a sheet with the lists. Filled in and sent back, its first sheet is what `readTable`
 * reads.
 *
 * The bytes depend only on the columns and the language.
 */
export async function writeTemplate(
  columns: readonly ColumnSpec[],
  locale: TemplateLocale,
): Promise<Uint8Array> {
  const words = WORDS[locale]
  const coded = columns.filter(({ type }) => type === 'code')
  const sheets: SheetToWrite[] = [
    {
      name: words.dataSheet,
      columns: columns.map(sheetColumnOf),
      rows: [
        textRow(
          1,
          columns.map(({ title }) => title[locale]),
          STYLE.heading,
        ),
      ],
      tail: validationsOf(columns, coded, words),
    },
    {
      name: words.notesSheet,
      columns: [20, 16, 10, 70].map((width) => ({ width, style: STYLE.wrapped })),
      rows: notesOf(columns, locale),
    },
  ]
  if (coded.length > 0)
    sheets.push({
      name: words.listsSheet,
      columns: coded.map(() => ({ width: 24, style: STYLE.text })),
      rows: listsOf(coded, locale),
    })
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook(sheets, false)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const WORDS = {
  zh: {
    dataSheet: '填报',
    notesSheet: '填写说明',
    listsSheet: '代码',
    headings: ['列名', '字段', '必填', '填写要求'],
    yes: '是',
    no: '否',
    choose: '请从列表中选择',
  },
  en: {
    dataSheet: 'Data',
    notesSheet: 'Notes',
    listsSheet: 'Lists',
    headings: ['Column', 'Field', 'Required', 'What to enter'],
    yes: 'yes',
    no: 'no',
    choose: 'Choose from the list',
  },
} as const

type Words = (typeof WORDS)[TemplateLocale]

function notesOf(columns: readonly ColumnSpec[], locale: TemplateLocale): string[] {
  const words = WORDS[locale]
  return [
    textRow(1, words.headings, STYLE.heading),
    ...columns.map((column, place) =>
      textRow(
        place + 2,
        [
          column.title[locale],
          column.name,
          column.required ? words.yes : words.no,
          describeColumn(column)[locale],
        ],
        STYLE.wrapped,
      ),
    ),
  ]
}

function listsOf(coded: readonly ColumnSpec[], locale: TemplateLocale): string[] {
  const longest = Math.max(...coded.map(({ codes }) => codes?.length ?? 0))
  const rows = [
    textRow(
      1,
      coded.map(({ title }) => title[locale]),
      STYLE.heading,
    ),
  ]
  for (let place = 0; place < longest; place += 1)
    rows.push(
      textRow(
        place + 2,
        coded.map(({ codes }) => codes?.[place]?.title[locale] ?? ''),
        STYLE.text,
      ),
    )
  return rows
}

/**
 * @source ECMA-376 Part 1 section 18.3.1.32: a list validation that refers to cells has no limit on
 * its length, a literal one has 255
 */
function validationsOf(
  columns: readonly ColumnSpec[],
  coded: readonly ColumnSpec[],
  words: Words,
): string {
  const lastLine = FILE_LIMITS.rows + 1
  const validations = coded.map((column, place) => {
    const letters = referenceOf(columns.indexOf(column), 0).slice(0, -1)
    const listLetters = referenceOf(place, 0).slice(0, -1)
    const end = (column.codes?.length ?? 0) + 1
    const list = `'${words.listsSheet}'!$${listLetters}$2:$${listLetters}$${end}`
    return (
      '<dataValidation type="list" allowBlank="1" showErrorMessage="1" ' +
      `error="${escapeXml(words.choose)}" sqref="${letters}2:${letters}${lastLine}">` +
      `<formula1>${escapeXml(list)}</formula1></dataValidation>`
    )
  })
  return validations.length === 0
    ? ''
    : `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`
}
