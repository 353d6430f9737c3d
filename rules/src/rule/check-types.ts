import { inferType, type TypeProblem } from '../analysis/infer-types.ts'
import { inferUnit, type Unit } from '../analysis/infer-units.ts'
import { type Inferred, kindName } from '../analysis/inferred.ts'
import type { ColumnDomain } from '../analysis/representatives.ts'
import { checkCoverage } from '../analysis/table-coverage.ts'
import { parseNumber, ZERO } from '../number/decimal.ts'
import { locate } from '../syntax/syntax-error.ts'
import type { Node, TableTree } from '../syntax/tree.ts'
import { ANY, type FeelType, simpleType } from '../value/values.ts'
import type { RuleParts } from './compile-rule.ts'
import type { FactSchema, FieldSchema, OutputSchema, RuleDocument } from './rule-document.ts'
import { RULE_FUNCTIONS } from './rule-functions.ts'
import type { RuleProblem } from './rule-problems.ts'

/** Checks of names, types and table rows over a whole document. */
export function checkTypes(document: RuleDocument, parts: RuleParts): RuleProblem[] {
  return new TypeCheck(document, parts).check()
}

/** The FEEL type of a field; undefined where it says nothing. */
export function typeOfField(schema: FieldSchema): Inferred {
  switch (schema.type) {
    case 'money':
    case 'decimal':
    case 'int':
    case 'year':
      return simpleType('number')
    case 'bool':
      return simpleType('boolean')
    case 'date':
    case 'month':
      return simpleType('date')
    case 'instant':
      return simpleType('date and time')
    case 'text':
    case 'code':
    case 'region':
      return simpleType('string')
    case 'list':
      return { kind: 'list', item: (schema.items && typeOfField(schema.items)) ?? ANY }
    case 'calendar':
      return { kind: 'context', entries: [] }
    case 'object':
      return { kind: 'context', entries: (schema.fields ?? []).map(entryOf) }
  }
}

/** What a number counts; undefined where nobody says. */
function unitOfField(schema: FieldSchema): Unit {
  return schema.type === 'money' ? 'yuan' : schema.unit
}

function entryOf(field: FactSchema): { name: string; type: FeelType } {
  return { name: field.name, type: typeOfField(field) ?? ANY }
}

/** Walks the document in the order it is evaluated. */
class TypeCheck {
  private readonly document: RuleDocument
  private readonly parts: RuleParts
  private readonly names = new Map<string, Inferred>()
  private readonly units = new Map<string, Unit>()
  private readonly problems: RuleProblem[] = []

  constructor(document: RuleDocument, parts: RuleParts) {
    this.document = document
    this.parts = parts
    this.names.set('on', simpleType('date'))
    this.names.set('region', simpleType('string'))
    for (const fact of document.facts) {
      this.names.set(fact.name, typeOfField(fact))
      this.units.set(fact.name, unitOfField(fact))
    }
  }

  check(): RuleProblem[] {
    const { document } = this
    document.facts.forEach((_fact, at) => {
      this.expression(`facts[${at}].parameterOn`, 'date')
    })
    document.checks?.forEach((_check, at) => {
      this.expression(`checks[${at}].condition`, 'boolean')
    })
    document.steps.forEach((step, at) => {
      const type =
        'table' in step
          ? this.table(`steps[${at}].table`)
          : this.expression(`steps[${at}].expression`)
      this.expression(`steps[${at}].rounding.places`, 'number')
      if (step.rounding !== undefined) this.expectKind(`steps[${at}].rounding`, type, 'number')
      const output = document.outputs.find(({ name }) => name === step.name)
      if (output !== undefined) this.output(`steps[${at}]`, type, output)
      this.names.set(step.name, type)
      this.units.set(step.name, this.unit(`steps[${at}].expression`, output))
    })
    return this.problems
  }

  private expression(path: string, wanted?: string): Inferred {
    const text = this.parts.trees.find((tree) => tree.path === path)
    if (text === undefined) return undefined
    const type = this.infer(path, text.tree, text.text, this.names)
    if (wanted !== undefined) this.expectKind(path, type, wanted)
    return type
  }

  private infer(
    path: string,
    tree: Node,
    text: string,
    names: ReadonlyMap<string, Inferred>,
  ): Inferred {
    const report = ({ code, message, at }: TypeProblem): void => {
      const position = locate(text, at)
      this.problems.push({ code, path, message, position, severity: 'error' })
    }
    return inferType(tree, { names, builtins: RULE_FUNCTIONS }, report)
  }

  /** The unit of a step: that of its expression, which must be that of its output. */
  private unit(path: string, output: OutputSchema | undefined): Unit {
    const wanted = output === undefined ? undefined : unitOfField(output)
    const text = this.parts.trees.find((tree) => tree.path === path)
    if (text === undefined) return wanted
    const report = (message: string, at: number): void => {
      const position = locate(text.text, at)
      this.problems.push({ code: 'UNIT', path, message, position, severity: 'error' })
    }
    const unit = inferUnit(text.tree, this.units, ({ message, at }) => report(message, at))
    if (unit !== undefined && wanted !== undefined && unit !== wanted) {
      report(`the output counts ${wanted}, the expression ${unit}`, 0)
    }
    return wanted ?? unit
  }

  private expectKind(path: string, type: Inferred, wanted: string): void {
    const kind = kindName(type)
    if (kind === undefined || kind === wanted || kind === 'Null') return
    const message = `a ${wanted} is needed, got a ${kind}`
    this.problems.push({ code: 'TYPE', path, message, severity: 'error' })
  }

  private output(path: string, type: Inferred, output: OutputSchema): void {
    const wanted = kindName(typeOfField(output))
    if (wanted !== undefined) this.expectKind(path, type, wanted)
  }

  private table(path: string): Inferred {
    const table = this.parts.tables.find((known) => known.path === path)?.tree
    if (table === undefined) return undefined
    const inputs = table.inputs.map((input, at) =>
      this.cell(`${path}.inputs[${at}].expression`, input.expression, this.names),
    )
    table.rows.forEach((row, at) => {
      row.when.forEach((test, column) => {
        const names = new Map(this.names).set('?', inputs[column])
        this.cell(`${path}.rows[${at}].when[${column}]`, test, names)
      })
    })
    const outputs = table.outputs.map((_output, column) =>
      table.rows.map((row, at) =>
        this.cell(`${path}.rows[${at}].give[${column}]`, row.give[column] as Node, this.names),
      ),
    )
    this.coverage(path, table)
    return tableType(table, outputs)
  }

  private cell(path: string, node: Node, names: ReadonlyMap<string, Inferred>): Inferred {
    return this.infer(path, node, node.kind === 'text' ? node.text : '', names)
  }

  private coverage(path: string, table: TableTree): void {
    const domains = table.inputs.map(({ expression }) => this.domainOf(expression))
    for (const { code, rows, example } of checkCoverage(table, domains) ?? []) {
      const at = `for (${example.join(', ')})`
      if (code === 'TABLE_OVERLAP') {
        const message = `rows ${rows.join(' and ')} both match ${at}`
        this.problems.push({ code, path: `${path}.rows`, message, severity: 'error' })
      } else {
        const message = `no row matches ${at}`
        this.problems.push({ code, path: `${path}.rows`, message, severity: 'warning' })
      }
    }
  }

  /** What is known of the values of a column that tests a fact. */
  private domainOf(expression: Node): ColumnDomain {
    const inner = expression.kind === 'text' ? expression.body : expression
    const fact =
      inner.kind === 'name'
        ? this.document.facts.find(({ name }) => name === inner.name)
        : undefined
    if (fact === undefined) return {}
    const isCount = fact.type === 'int' || fact.type === 'year'
    const minimum =
      fact.minimum === undefined ? undefined : (parseNumber(fact.minimum) ?? undefined)
    const usual = isCount || fact.type === 'money' ? ZERO : undefined
    const least = minimum ?? usual
    const most = fact.maximum === undefined ? undefined : (parseNumber(fact.maximum) ?? undefined)
    return {
      ...(fact.type === 'code' && fact.codes !== undefined ? { codes: fact.codes } : {}),
      ...(isCount ? { isWhole: true } : {}),
      ...(least === undefined ? {} : { minimum: least }),
      ...(most === undefined ? {} : { maximum: most }),
    }
  }
}

/** The type of what a table gives. */
function tableType(table: TableTree, outputs: readonly (readonly Inferred[])[]): Inferred {
  const columns = outputs.map((types) => {
    const [first] = types
    const kind = kindName(first)
    return kind !== undefined && types.every((type) => kindName(type) === kind) ? first : undefined
  })
  const [only] = columns
  const single: Inferred =
    columns.length === 1
      ? only
      : {
          kind: 'context',
          entries: table.outputs.map((output, at) => ({
            name: output.name ?? '',
            type: columns[at] ?? ANY,
          })),
        }
  switch (table.hitPolicy) {
    case 'C':
    case 'R':
    case 'O':
      return { kind: 'list', item: single ?? ANY }
    case 'C#':
      return simpleType('number')
    default:
      return single
  }
}
