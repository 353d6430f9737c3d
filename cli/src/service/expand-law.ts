import type { Clause, ParameterValue } from '@renshe/contracts'
import { parse } from 'csv-parse/sync'
import { AuthorMistake, type Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'

/** Clauses of `law.yaml`: `<instrument>/<article>: {effectiveFrom, effectiveTo?, certainty, quotation}`. */
export function expandLaw(file: Located, map: SourceMap): Clause[] {
  return file.members('clauses by id').map(([id, value]) => {
    const members = value.fields(['effectiveFrom', 'effectiveTo', 'certainty', 'quotation'])
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
      },
      value,
    )
  })
}

const columns = ['parameter', 'value', 'region', 'effectiveFrom', 'effectiveTo', 'clause']

/** Dated values of one `parameters/*.csv`; its header is `parameter,value,region,effectiveFrom,effectiveTo,clause`. */
export function expandParameters(file: string, text: string): ParameterValue[] {
  const rows: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true })
  const [header = [], ...values] = rows
  if (header.join(',') !== columns.join(',')) {
    throw new AuthorMistake({
      file,
      line: 1,
      column: 1,
      code: 'PARAMETER_HEADER',
      expected: columns.join(','),
      came: header.join(','),
    })
  }
  return values.map((row, index) => {
    if (row.length !== columns.length) {
      throw new AuthorMistake({
        file,
        line: index + 2,
        column: 1,
        code: 'PARAMETER_ROW',
        expected: `${columns.length} cells`,
        came: `${row.length}`,
      })
    }
    const [parameter, value, region, effectiveFrom, effectiveTo, basis] = row as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    return {
      parameter,
      value,
      region,
      effectiveFrom,
      effectiveTo: effectiveTo === '' ? null : effectiveTo,
      basis,
    }
  })
}
