import type { Run } from '../runtime/run.ts'
import { FeelContext, isList, type Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

function getEntries(run: Run, context: FeelContext): Value {
  run.list(context.entries.size)
  return [...context.entries].map(([key, value]) => entry(key, value))
}

function entry(key: string, value: Value): FeelContext {
  return new FeelContext(
    new Map<string, Value>([
      ['key', key],
      ['value', value],
    ]),
  )
}

/** `context([{key: "a", value: 1}])`; null for a missing or repeated key. */
function fromEntries(run: Run, items: readonly Value[]): Value {
  run.list(items.length)
  const entries = new Map<string, Value>()
  for (const item of items) {
    const key = item instanceof FeelContext ? item.get('key') : undefined
    const value = item instanceof FeelContext ? item.get('value') : undefined
    if (typeof key !== 'string' || value === undefined) {
      return run.fail('ARGUMENT_VALUE', 'every entry needs a key and a value')
    }
    if (entries.has(key)) return run.fail('DUPLICATE_NAME', 'a key is given twice')
    entries.set(key, value)
  }
  return new FeelContext(entries)
}

function put(run: Run, context: FeelContext, key: string, value: Value): FeelContext {
  run.step(context.entries.size >> 2)
  return new FeelContext(new Map(context.entries).set(key, value))
}

/** Puts a value at the end of a path of keys; contexts that are missing on the way are made. */
function putPath(run: Run, context: FeelContext, keys: readonly Value[], value: Value): Value {
  const [key, ...rest] = keys
  if (typeof key !== 'string') return run.fail('ARGUMENT_VALUE', 'keys must be strings')
  if (rest.length === 0) return put(run, context, key, value)
  run.enter(1)
  const inner = context.get(key) ?? new FeelContext(new Map())
  if (!(inner instanceof FeelContext)) {
    return run.fail('ARGUMENT_VALUE', 'the path leads through a value that is no context')
  }
  const changed = putPath(run, inner, rest, value)
  run.leave(1)
  return changed === null ? null : put(run, context, key, changed)
}

function merge(run: Run, contexts: readonly Value[]): Value {
  const entries = new Map<string, Value>()
  for (const context of contexts) {
    if (!(context instanceof FeelContext))
      return run.fail('ARGUMENT_TYPE', 'every item must be a context')
    run.step(context.entries.size)
    for (const [key, value] of context.entries) entries.set(key, value)
  }
  return new FeelContext(entries)
}

/** Context functions (DMN 1.5 §10.3.4.10, table 85). */
export const CONTEXT_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'get value',
    signature('m: context, key: string', ([context, key]) => {
      return (context as FeelContext).get(key as string) ?? null
    }),
  ),
  builtin(
    'get entries',
    signature('m: context', ([context], run) => getEntries(run, context as FeelContext)),
  ),
  builtin(
    'context',
    signature('entries: list', ([entries], run) => fromEntries(run, entries as readonly Value[])),
  ),
  builtin(
    'context put',
    signature('context: context, key: string, value: any', ([context, key, value], run) =>
      put(run, context as FeelContext, key as string, value ?? null),
    ),
    signature('context: context, keys: list, value: any', ([context, keys, value], run) =>
      isList(keys ?? null) && (keys as readonly Value[]).length > 0
        ? putPath(run, context as FeelContext, keys as readonly Value[], value ?? null)
        : run.fail('ARGUMENT_VALUE', 'a path needs a key'),
    ),
  ),
  builtin(
    'context merge',
    signature('contexts: list', ([contexts], run) => merge(run, contexts as readonly Value[])),
  ),
]
