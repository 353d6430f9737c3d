import type { BankHost } from './bank-host.ts'
import { dayAt, moneyAt, optionalText, reasonAt, recordAt, textAt } from './scenario.ts'

/** The answer to one command line: `ok` or what was expected. */
export type CommandAnswer =
  | { readonly id: string; readonly ok: true; readonly result: unknown }
  | { readonly id: string; readonly ok: false; readonly error: string }

/**
 * Runs one command of a test or the demonstration, a JSON text:
 *
 * ```json
 * {"id":"1","do":"pay","from":{"name":"甲","account":"1"},"to":"2","amount":"1.00","endToEndId":"E","remittance":"r"}
 * {"id":"2","do":"return","endToEndId":"E","reason":"AC04"}
 * {"id":"3","do":"endOfDay"}            {"id":"4","do":"advance","to":"2026-01-15"}
 * {"id":"5","do":"status"}              {"id":"6","do":"poll"}
 * {"id":"7","do":"poll","endToEndId":"E","amount":"808000.00"}
 * {"id":"8","do":"endOfDay","to":"2026-11-13"}
 * ```
 *
 * `poll` takes the order files that have arrived, and of one order less may reach the payee than
 * the payer is charged; `endOfDay` may open a later day than the next, on the days between nothing happens.
 *
 * A command that changes something is carried out once per id, also after kill −9.
 */
export function runCommand(host: BankHost, text: string): CommandAnswer {
  let id = ''
  try {
    const command = recordAt(JSON.parse(text), 'command', NAMES)
    id = textAt(command.id, 'id')
    return { id, ok: true, result: run(host, id, command) }
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? error.message : 'unknown' }
  }
}

const NAMES = ['id', 'do', 'from', 'to', 'amount', 'endToEndId', 'remittance', 'reason']

function run(host: BankHost, id: string, command: Record<string, unknown>): unknown {
  switch (command.do) {
    case 'status':
      return host.status()
    case 'poll':
      if (command.endToEndId === undefined) return { taken: host.poll() }
      return {
        taken: host.poll({
          endToEndId: textAt(command.endToEndId, 'endToEndId', 35),
          amount: moneyAt(command.amount, 'amount'),
        }),
      }
    case 'pay': {
      const from = recordAt(command.from, 'from', ['name', 'account'])
      const payment = {
        from: {
          name: textAt(from.name, 'from.name'),
          account: textAt(from.account, 'from.account', 34),
        },
        to: textAt(command.to, 'to', 34),
        amount: moneyAt(command.amount, 'amount'),
        endToEndId: optionalText(command.endToEndId, 'endToEndId', 35) ?? 'NOTPROVIDED',
        remittance: optionalText(command.remittance, 'remittance') ?? '',
      }
      return host.once(id, () => host.desk.pay(id, payment))
    }
    case 'return': {
      const endToEndId = textAt(command.endToEndId, 'endToEndId', 35)
      const reason = reasonAt(command.reason, 'reason')
      return host.once(id, () => host.desk.giveBack(endToEndId, reason))
    }
    case 'endOfDay': {
      const to = command.to === undefined ? undefined : dayAt(command.to, 'to')
      return host.once(id, () => host.desk.endOfDay(to))
    }
    case 'advance': {
      const to = dayAt(command.to, 'to')
      // Orders that have already arrived belong to the day that is about to end.
      host.poll()
      return host.once(id, () => {
        while (host.status().date < to) host.desk.endOfDay()
        return { date: host.status().date }
      })
    }
    default:
      throw new Error('do: expected pay, return, endOfDay, advance, poll or status')
  }
}
