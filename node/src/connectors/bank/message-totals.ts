import { refuseBankFile } from './bank-file-refusals.ts'
import type { BankMessage } from './bank-message.ts'
import type { Camt053, CamtEntry } from './camt.ts'
import { decimalOfFen, fenOfAmount, fenOfDecimal } from './iso-amount.ts'
import type { Pain001 } from './pain001.ts'

/**
 * Recomputes every count, sum and balance that a message states.
 *
 * @throws BankFileRefused  COUNT_DIFFERS, SUM_DIFFERS, BALANCE_DIFFERS, and amounts that are not
 *                          CNY in fen
 */
export function checkTotals(message: BankMessage): void {
  if (message.kind === 'pain.001') checkOrders(message.document)
  if (message.kind === 'camt.053') checkStatements(message.document)
  if (message.kind === 'camt.054')
    message.document.Ntfctn.forEach(({ Ntry, TxsSummry }, place) => {
      checkEntries(`Ntfctn[${place + 1}]`, Ntry ?? [], TxsSummry)
    })
}

function checkOrders(document: Pain001): void {
  let count = 0
  let sum = 0n
  document.PmtInf.forEach((payment, place) => {
    const path = `PmtInf[${place + 1}]`
    const part = payment.CdtTrfTxInf.reduce(
      (total, { Amt }, index) =>
        total + amountIn(Amt.InstdAmt, `${path}/CdtTrfTxInf[${index + 1}]/Amt`),
      0n,
    )
    checkCount(`${path}/NbOfTxs`, payment.NbOfTxs, payment.CdtTrfTxInf.length)
    checkSum(`${path}/CtrlSum`, payment.CtrlSum, part)
    count += payment.CdtTrfTxInf.length
    sum += part
  })
  checkCount('GrpHdr/NbOfTxs', document.GrpHdr.NbOfTxs, count)
  checkSum('GrpHdr/CtrlSum', document.GrpHdr.CtrlSum, sum)
}

function checkStatements({ Stmt }: Camt053): void {
  Stmt.forEach((statement, place) => {
    const path = `Stmt[${place + 1}]`
    const entries = statement.Ntry ?? []
    checkEntries(path, entries, statement.TxsSummry)
    const opening = balanceOf(statement.Bal, 'OPBD', path)
    const closing = balanceOf(statement.Bal, 'CLBD', path)
    if (opening === undefined || closing === undefined) return
    const counted = entries
      .filter(({ Sts }) => Sts.Cd === 'BOOK')
      .reduce((total, entry) => total + signedFen(entry, path), opening)
    if (counted !== closing)
      refuseBankFile({
        code: 'BALANCE_DIFFERS',
        path,
        stated: decimalOfFen(closing),
        counted: decimalOfFen(counted),
      })
  })
}

type Balances = Camt053['Stmt'][number]['Bal']

/**
 * The balance of a kind (OPBD, CLBD: opening and closing booked), in fen; debit balances are
 * negative.
 */
export function balanceOf(balances: Balances, kind: string, path: string): bigint | undefined {
  const found = balances.find(({ Tp }) => Tp.CdOrPrtry.Cd === kind)
  if (found === undefined) return undefined
  const fen = fenOfAmount(found.Amt, `${path}/Bal/Amt`)
  return found.CdtDbtInd === 'CRDT' ? fen : -fen
}

type Summary = Camt053['Stmt'][number]['TxsSummry']

function checkEntries(path: string, entries: readonly CamtEntry[], summary: Summary): void {
  const signed = entries.map((entry) => signedFen(entry, `${path}/Ntry`))
  const credits = signed.filter((_, place) => entries[place]?.CdtDbtInd === 'CRDT')
  const debits = signed.filter((_, place) => entries[place]?.CdtDbtInd === 'DBIT')
  const all = [...credits, ...debits.map((fen) => -fen)]
  checkTotal(`${path}/TxsSummry/TtlNtries`, summary?.TtlNtries, all)
  checkTotal(`${path}/TxsSummry/TtlCdtNtries`, summary?.TtlCdtNtries, credits)
  const positive = debits.map((fen) => -fen)
  checkTotal(`${path}/TxsSummry/TtlDbtNtries`, summary?.TtlDbtNtries, positive)
  entries.forEach((entry, place) => {
    checkDetails(entry, `${path}/Ntry[${place + 1}]`)
  })
}

type Total = { readonly NbOfNtries?: string; readonly Sum?: string } | undefined

function checkTotal(path: string, total: Total, fens: readonly bigint[]): void {
  checkCount(`${path}/NbOfNtries`, total?.NbOfNtries, fens.length)
  checkSum(
    `${path}/Sum`,
    total?.Sum,
    fens.reduce((sum, fen) => sum + fen, 0n),
  )
}

/** The payments within a booking must be the booking, where every one tells its amount. */
function checkDetails(entry: CamtEntry, path: string): void {
  const details = (entry.NtryDtls ?? []).flatMap(({ TxDtls }) => TxDtls ?? [])
  for (const { Btch, TxDtls } of entry.NtryDtls ?? [])
    if (TxDtls !== undefined)
      checkCount(`${path}/NtryDtls/Btch/NbOfTxs`, Btch?.NbOfTxs, TxDtls.length)
  if (details.length === 0 || details.some(({ Amt }) => Amt === undefined)) return
  const sum = details.reduce((total, { Amt, CdtDbtInd }) => {
    const fen = amountIn(Amt, `${path}/NtryDtls/TxDtls/Amt`)
    return CdtDbtInd === undefined || CdtDbtInd === entry.CdtDbtInd ? total + fen : total - fen
  }, 0n)
  checkSum(`${path}/NtryDtls/TxDtls/Amt`, entry.Amt.amount, sum)
}

function signedFen(entry: CamtEntry, path: string): bigint {
  const fen = fenOfAmount(entry.Amt, `${path}/Amt`)
  return entry.CdtDbtInd === 'CRDT' ? fen : -fen
}

function amountIn(amount: CamtEntry['Amt'] | undefined, path: string): bigint {
  if (amount === undefined) return refuseBankFile({ code: 'ELEMENT_MISSING', path, line: 0 })
  return fenOfAmount(amount, path)
}

function checkCount(path: string, stated: string | undefined, counted: number): void {
  if (stated !== undefined && BigInt(stated) !== BigInt(counted))
    refuseBankFile({ code: 'COUNT_DIFFERS', path, stated, counted })
}

function checkSum(path: string, stated: string | undefined, counted: bigint): void {
  if (stated !== undefined && fenOfDecimal(stated) !== counted)
    refuseBankFile({ code: 'SUM_DIFFERS', path, stated, counted: decimalOfFen(counted) })
}
