/*
 * The demonstration's host as a process of its own, for the test that kills it: FOLDER [BANK-PROGRAM]. It goes on with
 * the month from wherever it stands, tells every acknowledged transaction and every step as a line of JSON, and ends
 * when the month is over.
 */
import { writeSync } from 'node:fs'
import type { Host } from '@renshe/node'
import { openMonth, tellMonth } from './month.fixture.ts'
import { ResumingStory, type StoryEvent } from './resuming-story.fixture.ts'

/** A line that the process tells. */
export type MonthLine =
  | { readonly kind: 'open' }
  | { readonly kind: 'acknowledged'; readonly txId: string; readonly height: number }
  | ({ readonly kind: 'step' } & StoryEvent)
  | { readonly kind: 'over'; readonly contribution: string }
  | { readonly kind: 'notice'; readonly notice: string }

/** Synchronous: a line that was written is told, whatever happens to the process next. */
function say(line: MonthLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

/** Has every member tell what the ledger acknowledged to it, be it to its people or to its relays. */
function tellAcknowledged(host: Host): void {
  for (const { ledger } of host.members) {
    const submit = ledger.submit.bind(ledger)
    ledger.submit = async (bundle) => {
      const outcomes = await submit(bundle)
      for (const outcome of outcomes) {
        if (!outcome.included) continue
        say({ kind: 'acknowledged', txId: outcome.txId, height: outcome.height })
      }
      return outcomes
    }
  }
}

async function carry(folder: string, bankProgram: string | undefined): Promise<void> {
  const onNotice = (notice: string): void => say({ kind: 'notice', notice })
  const month = await openMonth(folder, onNotice, bankProgram)
  tellAcknowledged(month.host)
  say({ kind: 'open' })
  const story = new ResumingStory(month, (event) => say({ kind: 'step', ...event }))
  const contribution = await tellMonth(month, story)
  await month.stop()
  say({ kind: 'over', contribution })
}

await carry(process.argv[2] ?? '', process.argv[3])
