/* Content that a case orders to another owner: the new one takes it over, both sign the same list. */
import { type HandOver, handOvers } from '@renshe/contracts'
import type { Member } from '../member.ts'
import { comparedHandOver, handOverInput, takeOver } from '../vault/hand-over.ts'
import type { Relay } from './relay.ts'

/** Takes over what this member is to own, and signs what it hands over once it compared it. */
export function handOverDuty(member: Member): Relay {
  return {
    name: 'hand-overs',
    followsTime: false,
    wakes: ({ name, data }) =>
      name.startsWith('HandOver') && (data.from === member.id || data.to === member.id),
    async run() {
      let isDone = false
      for (const order of openOrders(member)) {
        if (order.to === member.id && order.signed.to === null) {
          const list = await takeOver(member.reading(), order.id)
          await member.act('access.handOver', handOverInput(order.id, list))
          isDone = true
        }
        // The new owner's node asked this one to compare before it signed: the list is noted here.
        const compared =
          order.from === member.id && order.signed.from === null
            ? comparedHandOver(member.vault, order.id)
            : undefined
        if (compared !== undefined) {
          await member.act('access.handOver', handOverInput(order.id, compared))
          isDone = true
        }
      }
      return isDone
    },
  }
}

function openOrders({ id, ledger }: Member): HandOver[] {
  const found: HandOver[] = []
  for (const [, order] of ledger.view().state(handOvers).range()) {
    if (order.status === 'OPEN' && (order.from === id || order.to === id)) found.push(order)
  }
  return found
}
