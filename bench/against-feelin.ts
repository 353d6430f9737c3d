/*
 * The same expressions in this engine and in feelin, in one run. feelin has no compiled form: it
 * parses each time. So ours is measured twice: parsed each time as well, which compares like with
 * like, and compiled once, which is how rules are used here. The demand is on both.
 */
import { compile, parseNumber, toLiteral, type Value } from '@renshe/rules'
import { evaluate } from 'feelin'
import { interleaved, type Measured, median } from './measure.ts'
import { PENSION_EXPRESSIONS, PENSION_SCOPE } from './pension-rule.ts'

/** Expressions a second in both engines, and how many times as many ours does. */
export function measureAgainstFeelin(rounds: number, seconds: number): Measured[] {
  const names = Object.keys(PENSION_SCOPE)
  const exact = new Map(
    Object.entries(PENSION_SCOPE).map(([name, text]): [string, Value] => [
      name,
      parseNumber(text) ?? null,
    ]),
  )
  const doubles = Object.fromEntries(
    Object.entries(PENSION_SCOPE).map(([name, text]) => [name, Number(text)]),
  )
  const texts = PENSION_EXPRESSIONS.map(([, text]) => text)
  const compiled = texts.map((text) => compile(text, { names }))
  const environment = { now: 0 }
  for (const text of texts) checkAlike(text, exact, doubles, names)
  const text = (at: number): string => texts[at % texts.length] ?? ''
  const rates = interleaved(
    {
      compiled: (at) => compiled[at % compiled.length]?.evaluate(exact, environment),
      parsed: (at) => compile(text(at), { names }).evaluate(exact, environment),
      feelin: (at) => evaluate(text(at), doubles),
    },
    rounds,
    seconds,
  )
  const ratios = (key: string) =>
    (rates[key] ?? []).map((rate, round) => rate / (rates.feelin?.[round] ?? Number.NaN))
  return [
    { name: 'expressions, compiled once', ...told(rates.compiled) },
    { name: 'expressions, parsed each time', ...told(rates.parsed) },
    { name: 'expressions in feelin', ...told(rates.feelin) },
    {
      name: 'times as fast as feelin, compiled once',
      value: median(ratios('compiled')),
      unit: '×',
      demanded: { least: 20 },
      rounds: ratios('compiled'),
    },
    {
      name: 'times as fast as feelin, parsed each time',
      value: median(ratios('parsed')),
      unit: '×',
      demanded: { least: 20 },
      rounds: ratios('parsed'),
    },
  ]
}

function told(rates: readonly number[] = []): Pick<Measured, 'value' | 'unit' | 'rounds'> {
  return { value: median(rates), unit: '/s', rounds: rates }
}

/** Both must mean the same, or their speeds say nothing. */
function checkAlike(
  text: string,
  exact: ReadonlyMap<string, Value>,
  doubles: Readonly<Record<string, number>>,
  names: readonly string[],
): void {
  const ours = toLiteral(compile(text, { names }).evaluate(exact, { now: 0 }).value)
  const theirs = evaluate(text, doubles).value
  const isAlike =
    typeof theirs === 'number'
      ? Math.abs(Number(ours) - theirs) <= Math.abs(theirs) * 1e-9
      : ours === JSON.stringify(theirs)
  if (!isAlike) throw new Error(`${text}: ${ours} here, ${String(theirs)} in feelin`)
}
