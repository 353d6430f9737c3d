import type { Clause, ParameterValue } from '@renshe/contracts'
import { CsvError, parse } from 'csv-parse/sync'
import { texts } from './expand-values.ts'
import { AuthorMistake, type Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'

/**
 * Clauses of `law.yaml`: `<instrument>/<article>: {effectiveFrom, effectiveTo?, certainty, quotation,
 * amends?: [id], repeals?: [id]}`.
 */
export function expandLaw(file: Located, map: SourceMap): Clause[] {
  return file.members('clauses by id').map(([id, value]) => {
    const members = value.fields(clauseMembers)
    const amends = texts(members.get('amends'))
    const repeals = texts(members.get('repeals'))
    const slash = id.lastIndexOf('/')
    if (slash < 1) value.fail('CLAUSE_ID', 'an id such as `企业年金办法/15`', id)
    const need = (name: string) =>
      members.get(name)?.text() ?? value.fail('MEMBER_MISSING', `${name}: …`, 'nothing')
    return map.note(
      {
        id,
        instrument: id.slice(0, slash),
        article: id.slice(slash + 1),
        effectiveFrom: need('effectiveFrom'),
        effectiveTo: members.get('effectiveTo')?.text() ?? null,
        certainty: need('certainty') as Clause['certainty'],
        quotation: need('quotation'),
        ...(amends.length === 0 ? {} : { amends }),
        ...(repeals.length === 0 ? {} : { repeals }),
      },
      value,
    )
  })
}

const clauseMembers = [
  'effectiveFrom',
  'effectiveTo',
  'certainty',
  'quotation',
  'amends',
  'repeals',
]

const columns = ['parameter', 'value', 'region', 'effectiveFrom', 'effectiveTo', 'clause']

/** Columns that a file may add, in this order; an empty cell leaves the value to its clause. */
const markColumns = ['certainty', 'source']

/**
 * Dated values of one `parameters/*.csv`; its header is
 * `parameter,value,region,effectiveFrom,effectiveTo,clause`, perhaps followed by `,certainty,source`.
 */
export function expandParameters(file: string, text: string, map: SourceMap): ParameterValue[] {
  const [header, ...values] = tableRows(file, text)
  const found = header?.row.join(',') ?? ''
  const isMarked = found === [...columns, ...markColumns].join(',')
  if (!isMarked && found !== columns.join(',')) {
    throw mistake(file, 1, 'PARAMETER_HEADER', `${columns.join(',')}[,certainty,source]`, found)
  }
  const cells = columns.length + (isMarked ? markColumns.length : 0)
  return values.map(({ row, line }) => {
    if (row.length !== cells) {
      throw mistake(file, line, 'PARAMETER_ROW', `${cells} cells`, `${row.length}`)
    }
    const [parameter, value, region, effectiveFrom, effectiveTo, basis, certainty, source] =
      row as Row
    const made: ParameterValue = {
      parameter,
      value,
      region,
      effectiveFrom,
      effectiveTo: effectiveTo === '' ? null : effectiveTo,
      basis,
      ...(certainty ? { certainty: certainty as Clause['certainty'] } : {}),
      ...(source ? { source } : {}),
    }
    return map.notePlace(made, { file, line, column: 1 })
  })
}

type Row = [string, string, string, string, string, string, string?, string?]

/** Rows with the line that each begins on. */
function tableRows(file: string, text: string): { row: string[]; line: number }[] {
  const rows: { row: string[]; line: number }[] = []
  let line = 1
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      onRecord: (row: string[], { lines }) => {
        rows.push({ row, line })
        line = lines + 1
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw mistake(file, line, 'CSV', 'a table with cells between commas', error.message)
  }
  return rows
}

function mistake(file: string, line: number, code: string, expected: string, came: string) {
  return new AuthorMistake({ file, line, column: 1, code, expected, came })
}
