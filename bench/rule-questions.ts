/* Questions to every published determination: its worked examples, and the same with other numbers. */
import { fileURLToPath } from 'node:url'
import { answerQuestion, loadShelf, PackageFolders, type RuleShelf } from '@renshe/cli'
import type { FactSchema, Json, JsonObject } from '@renshe/rules'

/** Lines of a batch, each answered. */
export interface Questions {
  readonly id: string
  readonly lines: readonly string[]
}

/** Different lines of one determination; a batch repeats them. */
const LINES = 1_000

/** A thousand answered questions to each determination, by id; the same on every machine. */
export function loadQuestions(): Questions[] {
  const services = fileURLToPath(new URL('../services', import.meta.url))
  const shelf = loadShelf(new PackageFolders(services))
  return [...shelf.rules.keys()].map((id) => ({ id, lines: linesOf(shelf, id) }))
}

function linesOf(shelf: RuleShelf, id: string): string[] {
  const rule = shelf.rules.get(id)
  if (rule === undefined) throw new Error(`no rule ${id}`)
  const examples = rule.package.document.examples.rules.filter(
    (example) => example.rule === id && example.outputs !== undefined,
  )
  return Array.from({ length: LINES }, (_, at) => {
    const example = examples[at % examples.length]
    if (example === undefined) throw new Error(`no answered example of ${id}`)
    const { on, region } = example
    const question = { id, on, region, facts: example.facts as JsonObject }
    const facts = varied(question.facts, rule.rule.document.facts, at)
    const other = { ...question, facts }
    // Another number may contradict another fact: then the example itself is asked again.
    return JSON.stringify(answerQuestion(shelf, other, false).ok ? other : question)
  })
}

/** The same facts with other numbers within the limits of their schema. */
function varied(facts: JsonObject, schemas: readonly FactSchema[], at: number): JsonObject {
  const changed: { [name: string]: Json } = { ...facts }
  for (const schema of schemas) {
    const given = changed[schema.name]
    if (schema.type === 'money' && typeof given === 'string') {
      changed[schema.name] = (Number(given) + at * 0.37).toFixed(2)
    } else if (schema.type === 'int' && typeof given === 'number') {
      changed[schema.name] = given + (at % 7)
    }
  }
  return changed
}
