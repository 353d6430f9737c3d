import { type Compiled, compile } from '@renshe/rules'

/** Above this all are dropped; every package of a consortium together has a few thousand. */
const CACHED_TEXTS = 20_000
const cache = new Map<string, Compiled>()

/**
 * A FEEL text of a package, outside its rules, ready to be evaluated. A pure cache: the text alone
 * decides what it becomes.
 *
 * @throws FeelSyntaxError, LimitExceeded of the rules room
 */
export function compileText(text: string): Compiled {
  let compiled = cache.get(text)
  if (compiled === undefined) {
    compiled = compile(text)
    if (cache.size >= CACHED_TEXTS) cache.clear()
    cache.set(text, compiled)
  }
  return compiled
}
