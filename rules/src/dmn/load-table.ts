import { parseOptions } from '../compile/compile.ts'
import { parseUnaryTests } from '../syntax/parse.ts'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import type { HitPolicy, Node } from '../syntax/tree.ts'
import type { DecisionTable, TableInput, TableOutput } from '../table/decision-table.ts'
import { toLiteral } from '../value/format-value.ts'
import { LimitExceeded } from '../value/limits.ts'
import { childNamed, childrenNamed, textOf, type XmlElement } from './read-xml.ts'

const POLICIES: ReadonlyMap<string, HitPolicy> = new Map<string, HitPolicy>([
  ['UNIQUE', 'U'],
  ['ANY', 'A'],
  ['PRIORITY', 'P'],
  ['FIRST', 'F'],
  ['RULE ORDER', 'R'],
  ['OUTPUT ORDER', 'O'],
])

const AGGREGATIONS: ReadonlyMap<string, HitPolicy> = new Map<string, HitPolicy>([
  ['SUM', 'C+'],
  ['COUNT', 'C#'],
  ['MIN', 'C<'],
  ['MAX', 'C>'],
])

/** A decision table of a model as data. */
export function loadTable(element: XmlElement): DecisionTable {
  const outputs = childrenNamed(element, 'output')
  return {
    hitPolicy: hitPolicyOf(element),
    inputs: childrenNamed(element, 'input').map(loadInput),
    outputs: outputs.map((output) => loadOutput(output, outputs.length)),
    rows: childrenNamed(element, 'rule').map((rule) => ({
      when: childrenNamed(rule, 'inputEntry').map((entry) => testText(textOf(entry))),
      give: childrenNamed(rule, 'outputEntry').map((entry) => textOf(entry) ?? 'null'),
    })),
  }
}

function hitPolicyOf(element: XmlElement): HitPolicy {
  const policy = element.attributes.get('hitPolicy') ?? 'UNIQUE'
  if (policy !== 'COLLECT') return POLICIES.get(policy) ?? 'U'
  return AGGREGATIONS.get(element.attributes.get('aggregation') ?? '') ?? 'C'
}

/** An empty cell tests nothing. */
function testText(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? '-' : text
}

function loadInput(element: XmlElement): TableInput {
  const values = textOf(childNamed(element, 'inputValues'))
  return {
    expression: textOf(childNamed(element, 'inputExpression')) ?? 'null',
    ...(values === undefined || values.trim() === '' ? {} : { values }),
  }
}

function loadOutput(element: XmlElement, count: number): TableOutput {
  const name = element.attributes.get('name')
  const values = orderOf(textOf(childNamed(element, 'outputValues')))
  const standing = textOf(childNamed(element, 'defaultOutputEntry'))
  return {
    ...(name === undefined || count === 1 ? {} : { name }),
    ...(values === undefined ? {} : { values }),
    ...(standing === undefined ? {} : { default: standing }),
  }
}

/** Output values that are literals, in their order of importance; other tests give no order. */
function orderOf(text: string | undefined): string[] | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const tree = readTests(text)
  if (tree?.kind !== 'unary tests') return undefined
  const values = tree.tests.flatMap((test) =>
    test.kind === 'literal' ? [toLiteral(test.value)] : [],
  )
  return values.length === tree.tests.length ? values : undefined
}

/** Values that are not FEEL give no order; the cells that should be among them are told by themselves. */
function readTests(text: string): Node | undefined {
  try {
    return parseUnaryTests(text, parseOptions({ names: [] }))
  } catch (error) {
    if (error instanceof FeelSyntaxError || error instanceof LimitExceeded) return undefined
    throw error
  }
}
