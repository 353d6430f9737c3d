import { action, type Context } from '@renshe/kernel'
import { recordTold, ToldPayment } from './record-settlement.ts'

/** Tells what a bank answered about a payment; telling it twice changes nothing. */
export const recordPayment = action({
  name: 'funds.recordPayment',
  summary: 'Tells what became of a payment: sent, accepted, settled, rejected or returned.',
  input: ToldPayment,
  run: (ctx: Context, input) => recordTold(ctx, input),
})
