/*
 * One row of a payroll, from the file to the journal, every hash with what it is made of:
 *
 *   node --import tsx demo/annuity/follow-row.ts --data DIR --row 1 [--show account | --json]
 *
 * The account manager opens its vault; everything that is on chain is read from the supervisor's copy.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type FollowedRow, followRow } from './row-walk.ts'

const USAGE = 'usage: follow-row.ts --data DIR --row 1 [--show NAME | --json]'

/**
 * What the command prints.
 *
 * @param args  words after the command
 * @throws RangeError with what was expected
 */
export async function followRowText(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      row: { type: 'string', default: '1' },
      show: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.data === undefined || !/^[1-9][0-9]{0,5}$/.test(values.row))
    throw new RangeError(USAGE)
  const followed = await followRow(values.data, Number(values.row))
  if (values.json) return `${JSON.stringify(followed)}\n`
  return values.show === undefined ? wholeText(followed) : `${factOf(followed, values.show)}\n`
}

function wholeText({ stops, hashes }: FollowedRow): string {
  const told = stops.map(({ title, facts }) => {
    const lines = facts.map(([name, value]) => `  ${name}: ${value}`)
    return [title, ...lines].join('\n')
  })
  return `${told.join('\n')}\n${hashes.length} hashes; where the chain holds one, it is the same\n`
}

/** The first fact of that name. */
function factOf({ stops }: FollowedRow, wanted: string): string {
  const facts = stops.flatMap((stop) => stop.facts)
  const found = facts.find(([name]) => name === wanted)
  if (found !== undefined) return found[1]
  const names = [...new Set(facts.map(([name]) => name))].join(', ')
  throw new RangeError(`--show takes one of: ${names}; came ${wanted}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(await followRowText(process.argv.slice(2)))
}
