import {
  amountOfFen,
  type Camt053,
  type CamtEntry,
  decimalOfFen,
  type Pain002,
  writeMessage,
} from '@renshe/node'
import {
  type BankAccount,
  type BankBooking,
  type BankFile,
  fenOf,
  type Transfer,
} from './bank-books.ts'

/** What a file needs to know of the day: its date and its number among the bank's messages. */
export type FileContext = { readonly date: string; readonly number: number }

/** The report on one order file, one status per transfer. */
export function reportFile(
  context: FileContext,
  customer: string,
  messageId: string,
  transfers: readonly Transfer[],
): BankFile {
  const id = `S${numberOf(context)}`
  const document: Pain002 = {
    GrpHdr: { MsgId: id, CreDtTm: timeOf(context) },
    OrgnlGrpInfAndSts: { OrgnlMsgId: messageId, OrgnlMsgNmId: 'pain.001.001.09' },
    OrgnlPmtInfAndSts: [
      {
        OrgnlPmtInfId: messageId,
        TxInfAndSts: transfers.map((transfer) => ({
          OrgnlInstrId: transfer.instructionId,
          OrgnlEndToEndId: transfer.endToEndId,
          TxSts: transfer.status === 'rejected' ? 'RJCT' : 'ACSP',
          ...(transfer.status === 'rejected'
            ? { StsRsnInf: [{ Rsn: { Cd: transfer.reason } }] }
            : {}),
        })),
      },
    ],
  }
  return fileOf(customer, `pain002-${id}`, writeMessage({ kind: 'pain.002', document }))
}

/** The notice of one booking. */
export function noticeFile(
  context: FileContext,
  account: BankAccount,
  booking: BankBooking,
  transfer: Transfer,
  reference: string,
): BankFile {
  const id = `N${numberOf(context)}`
  const bytes = writeMessage({
    kind: 'camt.054',
    document: {
      GrpHdr: { MsgId: id, CreDtTm: timeOf(context) },
      Ntfctn: [{ Id: id, Acct: accountOf(account), Ntry: [entryOf(booking, transfer, reference)] }],
    },
  })
  return fileOf(account.customer ?? '', `camt054-${id}`, bytes)
}

/** The statement of the open day of one account. */
export function statementFile(
  context: FileContext,
  account: BankAccount,
  day: number,
  entries: readonly CamtEntry[],
): BankFile {
  const id = `D${numberOf(context)}`
  const credits = entries.filter(({ CdtDbtInd }) => CdtDbtInd === 'CRDT')
  const debits = entries.filter(({ CdtDbtInd }) => CdtDbtInd === 'DBIT')
  const document: Camt053 = {
    GrpHdr: { MsgId: id, CreDtTm: timeOf(context) },
    Stmt: [
      {
        Id: id,
        ElctrncSeqNb: String(day),
        Acct: accountOf(account),
        Bal: [
          balanceOf('OPBD', account.openingFen, context.date),
          balanceOf('CLBD', account.fen, context.date),
        ],
        TxsSummry: {
          TtlNtries: totalOf(entries),
          TtlCdtNtries: totalOf(credits),
          TtlDbtNtries: totalOf(debits),
        },
        ...(entries.length === 0 ? {} : { Ntry: entries }),
      },
    ],
  }
  return fileOf(
    account.customer ?? '',
    `camt053-${id}`,
    writeMessage({ kind: 'camt.053', document }),
  )
}

/** One booking as notices and statements tell it. `reference` is what the payee is told. */
export function entryOf(booking: BankBooking, transfer: Transfer, reference: string): CamtEntry {
  const isCredit = booking.direction === 'CRDT'
  const isOwnOrder = transfer.customer !== '' && (!isCredit || booking.isReturn)
  const { debtor, creditor } = transfer
  return {
    NtryRef: String(booking.number),
    Amt: amountOfFen(fenOf(booking.amount)),
    CdtDbtInd: booking.direction,
    Sts: { Cd: 'BOOK' },
    BookgDt: { Dt: booking.day },
    ValDt: { Dt: booking.day },
    AcctSvcrRef: booking.reference,
    BkTxCd: {
      Domn: {
        Cd: 'PMNT',
        Fmly: { Cd: isCredit ? 'RCDT' : 'ICDT', SubFmlyCd: booking.isReturn ? 'RRTN' : 'DMCT' },
      },
    },
    NtryDtls: [
      {
        TxDtls: [
          {
            Refs: {
              ...(isOwnOrder
                ? { PmtInfId: transfer.messageId, InstrId: transfer.instructionId }
                : {}),
              EndToEndId: reference,
            },
            Amt: amountOfFen(fenOf(booking.amount)),
            RltdPties: {
              Dbtr: { Pty: { Nm: debtor.name } },
              DbtrAcct: { Id: { Othr: { Id: debtor.account } } },
              Cdtr: { Pty: { Nm: creditor.name } },
              CdtrAcct: { Id: { Othr: { Id: creditor.account } } },
            },
            ...(transfer.remittance === '' ? {} : { RmtInf: { Ustrd: [transfer.remittance] } }),
            ...(booking.isReturn ? { RtrInf: { Rsn: { Cd: transfer.reason } } } : {}),
          },
        ],
      },
    ],
  }
}

function fileOf(customer: string, name: string, bytes: Uint8Array): BankFile {
  return { name: `${name}.xml`, customer, xml: Buffer.from(bytes).toString('utf8') }
}

function numberOf({ date, number }: FileContext): string {
  return `${date.replaceAll('-', '')}-${String(number).padStart(6, '0')}`
}

/** The bank has no clock: its messages of a day follow one another by seconds from 09:00. */
function timeOf({ date, number }: FileContext): string {
  const seconds = number % 36_000
  const time = new Date((9 * 3_600 + seconds) * 1_000).toISOString().slice(11, 19)
  return `${date}T${time}+08:00`
}

function accountOf({ account, name }: BankAccount) {
  return { Id: { Othr: { Id: account } }, Ccy: 'CNY', Nm: [...name].slice(0, 70).join('') }
}

function balanceOf(kind: string, fen: bigint, day: string): Camt053['Stmt'][number]['Bal'][number] {
  return {
    Tp: { CdOrPrtry: { Cd: kind } },
    Amt: amountOfFen(fen < 0n ? -fen : fen),
    CdtDbtInd: fen < 0n ? 'DBIT' : 'CRDT',
    Dt: { Dt: day },
  }
}

function totalOf(entries: readonly CamtEntry[]): { NbOfNtries: string; Sum: string } {
  const sum = entries.reduce((total, { Amt }) => total + fenOf(Amt.amount), 0n)
  return { NbOfNtries: String(entries.length), Sum: decimalOfFen(sum) }
}
